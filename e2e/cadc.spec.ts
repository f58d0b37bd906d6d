import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeConfig } from "../bin/simulator-config.ts";
import { type Skaha, startSkaha } from "./skaha/start-skaha.ts";
import { test as base, choose, expect } from "./test.ts";
import { until } from "./until.ts";

/** The simulator as `npm run simulator -- --config FILE` offers it: two platforms, one for accounts of CADC over TLS. */
const test = base.extend<{ simulator: { skaha: Skaha; file: string } }>({
  simulator: async ({ browserName: _ }, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), "meridian-cadc-"));
    const skaha = await startSkaha({ jupyter: null });
    const file = path.join(folder, "meridian.json");
    writeConfig(file, skaha);
    await use({ skaha, file });
    await skaha.stop();
    rmSync(folder, { recursive: true, force: true });
  },
  settings: async ({ simulator }, use) => use({ MERIDIAN_CONFIG: simulator.file }),
});

test("an account of CADC signs in with its password, runs a notebook with a certificate, and reads when CANFAR is in trouble", async ({
  page,
  simulator: { skaha },
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: /with Simulated CADC/ }).click();
  const form = page.getByRole("form", { name: "Sign in with Simulated CADC" });
  await form.getByLabel(/^Name at/).fill("alice");
  await form.getByLabel("Password").fill("guessed");
  await form.getByRole("button", { name: "Sign in" }).click();
  await expect(form.getByRole("alert")).toHaveText("That name and password do not belong together.");
  skaha.cadc({ outage: { kind: "503", path: "login", times: 1 } });
  await form.getByRole("button", { name: "Sign in" }).click();
  await expect(form.getByRole("alert")).toContainText("does not answer as it should");
  await form.getByLabel("Password").fill("alice-password");
  await form.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/calendar");

  // The other platform has a sign-in of its own; this one is what the account is for.
  await expect(page.getByText("Simulated CANFAR is ready")).toBeVisible();
  await expect(page.getByRole("combobox", { name: /^Image/ })).toHaveValue("skaha/astroml:latest");
  await expect(page.getByText("sessions at once on Simulated CANFAR")).toBeVisible();
  await choose(page.getByRole("radio", { name: "now" }));
  await page.getByRole("button", { name: "Ask for offers" }).click();
  await page.getByRole("button", { name: /^Book now, until/ }).click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  const address = new URL(page.url()).pathname;
  const link = page.getByRole("link", { name: "Open notebook" });
  await expect(link).toBeVisible();
  const asked = skaha.requests().filter((one) => one.path === "/skaha/v1/session" && one.method === "POST");
  expect(asked.map(({ headers }) => "authorization" in headers)).toEqual([false]);

  // Whoever opens it in a bad moment comes back to the session's page, and reads why.
  skaha.users({ name: "alice", access: "not-in-group" });
  const [blocked] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
  await expect(blocked.getByRole("alert").filter({ hasText: "could not be opened" })).toContainText(
    "ask CANFAR's support for access",
  );
  await blocked.close();
  skaha.users({ name: "alice", access: "granted" });
  const [notebook] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
  await notebook.waitForLoadState("domcontentloaded");
  expect(new URL(notebook.url()).pathname).toContain("/session/notebook/");
  await notebook.close();

  skaha.scenario({ outage: "500" });
  await page.goto("/calendar");
  await expect(page.getByRole("heading", { name: "Sessions may start late" })).toBeVisible({ timeout: 120_000 });
  await page.goto(address);
  await expect(page.getByText(/CANFAR does not answer/).first()).toBeVisible();
  skaha.scenario({ clear: true });
  await expect(page.getByText(/CANFAR does not answer: /)).toHaveCount(0, { timeout: 120_000 });

  await page.getByRole("button", { name: /^Cancel/ }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Cancel the session/ })
    .click();
  await expect(page.getByRole("heading", { name: /Cancelled/ })).toBeVisible();
  await until("CANFAR has nothing of it", () => skaha.sessions().length === 0);
  await page.goto("/credentials");
  const held = page.getByRole("region", { name: "Simulated CADC" });
  await expect(held.getByText("Good", { exact: true }).first()).toBeVisible();
});
