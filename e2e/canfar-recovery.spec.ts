import { signInAtProvider, test } from "./canfar.ts";
import { bookNow, expect } from "./test.ts";
import { until } from "./until.ts";

test("a worker killed with -9 while CANFAR creates a session, and another while it ends it: one session, and then none", async ({
  page,
  meridian,
  canfar: { skaha },
}) => {
  await page.goto("/calendar");
  await signInAtProvider(page, "alice");
  await page.waitForURL("**/calendar");
  await expect(page.getByRole("combobox", { name: /^Image/ })).toHaveValue("skaha/astroml:latest");
  await page.getByRole("textbox", { name: "Duration" }).fill("10");
  // CANFAR makes it at once, and its answer comes when nobody waits for it any more.
  skaha.scenario({ method: "POST", slow: { createAfterMs: 0, answerAfterMs: 20_000 } });
  await bookNow(page);
  const address = new URL(page.url()).pathname;
  const { name } = await (await page.request.get(`/api${address}`)).json();
  await until("CANFAR has made it", () => skaha.sessions().length === 1);
  meridian.kill("worker");
  skaha.scenario({ clear: true });
  await expect(page.getByRole("link", { name: "Open notebook" })).toBeVisible({ timeout: 90_000 });
  expect(skaha.sessions().map((one) => one.name)).toEqual([name]);

  // It is told to end it, and dies before it knows that it has ended.
  skaha.scenario({ delays: { terminatingMs: 8_000 } });
  await page.getByRole("button", { name: /^Cancel/ }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Cancel the session/ })
    .click();
  const deletes = () => skaha.requests().filter(({ method }) => method === "DELETE").length;
  await until("CANFAR is told to end it", () => deletes() > 0);
  meridian.kill("worker");
  await until("nothing of it is left", () => skaha.sessions().length === 0);
  const session = async () => (await page.request.get(`/api${address}`)).json();
  await until("Meridian knows it", async () => (await session()).connector === "FINISHED");
  expect((await session()).phase).toBe("CANCELLED");
  await expect(page.getByText(/could not be removed/)).toHaveCount(0);
  expect(skaha.requests().filter(({ method, path }) => method === "POST" && path === "/skaha/v1/session")).toHaveLength(
    1,
  );
});
