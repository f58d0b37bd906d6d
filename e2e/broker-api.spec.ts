import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { runInKernel } from "#lib/staging/run-in-kernel.ts";
import { expect, signIn, test } from "./test.ts";
import { until } from "./until.ts";

const run = promisify(execFile);
const KINDS = "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds";

test("a script with a token books a notebook as the standard says, opens it and cancels it; the command line does the same", async ({
  page,
  meridian,
}) => {
  await signIn(page, meridian, "alice");
  await page.goto("/profile");
  await page.getByRole("button", { name: "Make a token…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("a script");
  await dialog.getByRole("checkbox", { name: /^book/ }).check();
  await dialog.getByRole("button", { name: "Make it" }).click();
  const token = await dialog.getByText(/^mrd_[\w-]{49}$/).textContent();
  if (token === null) throw new Error("no token is shown");
  await dialog.getByRole("button", { name: "I have it" }).click();

  // A client that knows no more than 1.0: it follows the redirect by itself, and reads JSON.
  const base = `${meridian.url}/api/broker/v1`;
  const headers = { authorization: `Bearer ${token}`, accept: "application/json", "content-type": "application/json" };
  const get = async (url: string) => (await fetch(url, { headers })).json();
  const update = (url: string, value: string) =>
    fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify({ kind: "uri:enum-value-update", path: "/phase", value }),
    });
  const request = { executable: { kind: `${KINDS}/executable/jupyter-notebook.yaml` } };
  const asked = await fetch(`${base}/requests`, { method: "POST", headers, body: JSON.stringify(request) });
  expect([asked.status, asked.redirected]).toEqual([200, true]);
  const set = await asked.json();
  expect(set.result).toBe("YES");
  const { uuid, url } = set.offers[0].meta;
  expect((await (await update(url, "ACCEPTED")).json()).phase).toMatch(/^(ACCEPTED|PREPARING)$/);
  await until("the session is available", async () => (await get(url)).phase === "AVAILABLE");
  const { connectors } = await get(url);
  expect(connectors).toEqual([
    {
      kind: "urn:jupyter-notebook",
      status: "AVAILABLE",
      protocol: "HTTP",
      location: `${meridian.url}/sessions/${uuid}/open`,
    },
  ]);

  const entered = await fetch(connectors[0].location, { headers, redirect: "manual" });
  expect(entered.status).toBe(303);
  const opened = new URL(entered.headers.get("location") ?? "");
  expect(await runInKernel(opened, "print(6*7)", AbortSignal.timeout(60_000))).toBe("42\n");

  const command = (...words: string[]) =>
    run("npm", ["run", "-s", "meridian", "--", ...words], {
      cwd: path.join(import.meta.dirname, ".."),
      env: { ...process.env, MERIDIAN_URL: meridian.url, MERIDIAN_TOKEN: token },
    });
  expect((await command("sessions")).stdout).toContain(uuid);
  expect((await command("watch", uuid, "--until", "AVAILABLE")).stdout).toContain("AVAILABLE");
  expect((await command("open", uuid)).stdout.trim()).toBe(connectors[0].location);
  await command("cancel", uuid);
  expect((await get(url)).phase).toBe("CANCELLED");

  // This machine has several names, and a client drops its token where a redirect leads to another one.
  const named = new URL(`${base}/requests`);
  named.hostname = named.hostname === "localhost" ? "127.0.0.1" : "localhost";
  const again = await fetch(named, { method: "POST", headers, body: JSON.stringify(request) });
  expect([again.status, new URL(again.url).host]).toEqual([200, named.host]);
  expect((await again.json()).meta.url).toBe(again.url);
  // What no address can be is a mistake of whoever wrote it.
  for (const address of ["sessions/%zz", "%ff", "offersets/%E0%A4%A"]) {
    const bad = await fetch(`${base}/${address}`, { headers });
    expect([bad.status, bad.headers.get("content-type")]).toEqual([400, "application/problem+json; charset=utf-8"]);
  }
  expect((await fetch(`${meridian.url}/calendar/%ff`)).status).toBe(400);
  expect((await fetch(`${base}/a%20b`, { headers })).status).toBe(404);

  await page.getByRole("button", { name: "Withdraw a script" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Withdraw it" }).click();
  await expect(page.getByRole("button", { name: "Withdraw a script" })).toHaveCount(0);
  expect((await fetch(url, { headers })).status).toBe(401);
  const refused = await command("sessions").catch((error: { code: number }) => error.code);
  expect(refused).toBe(4);
});
