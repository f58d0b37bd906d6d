import { runInKernel } from "#lib/launch/run-in-kernel.ts";
import { newBrowser, signInAtProvider, test } from "./canfar.ts";
import { look } from "./look.ts";
import { expect } from "./test.ts";
import { until } from "./until.ts";

const NOTEBOOK = "images.canfar.net/skaha/base-notebook:latest";

test("sign in, book, close the browser; the slot starts alone; come back, compute, extend; it ends, and CANFAR has nothing left", async ({
  browser,
  meridian,
  canfar,
}) => {
  const { skaha, oidc } = canfar;
  // Long enough that the first access token is over before the slot begins.
  oidc.settings({ accessSeconds: 20 });
  const first = await newBrowser(browser, meridian.url);
  const page = await first.newPage();
  await page.goto("/");
  await look(page, "signin-providers");
  await signInAtProvider(page, "alice");
  await page.waitForURL("**/calendar");
  await page.getByLabel(/image/i).fill(NOTEBOOK);
  await page.getByRole("grid").getByRole("gridcell").nth(2).click();
  await page
    .getByRole("button", { name: /^Book \d/ })
    .first()
    .click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  const address = new URL(page.url()).pathname;
  const booked = await (await page.request.get(`/api${address}`)).json();
  expect(booked.startsAt).toBeGreaterThan(Date.now());
  expect(skaha.sessions()).toEqual([]);
  const cookies = await first.cookies();
  await first.close();

  const sessionThere = () => skaha.sessions().find((one) => one.name === booked.name);
  await until("CANFAR has it", () => sessionThere()?.status === "Running", 150_000);
  expect(Date.now()).toBeGreaterThanOrEqual(booked.startsAt - 60_000);

  const second = await newBrowser(browser, meridian.url);
  await second.addCookies(cookies);
  const back = await second.newPage();
  await back.goto(address);
  const link = back.getByRole("link", { name: /^Open/ });
  await expect(link).toBeVisible({ timeout: 90_000 });
  const [notebook] = await Promise.all([second.waitForEvent("page"), link.click()]);
  await notebook.waitForLoadState("domcontentloaded");
  const opened = await second.request.get(`${address}/open`, { maxRedirects: 0 });
  const inside = new URL(opened.headers().location ?? "");
  expect(await runInKernel(inside, "print(6*7)", AbortSignal.timeout(60_000))).toBe("42\n");

  await back
    .getByRole("button", { name: /^Extend/ })
    .first()
    .click();
  const session = async () => (await second.request.get(`/api${address}`)).json();
  await until("it is longer", async () => (await session()).endsAt > booked.endsAt);
  const extended = await session();
  await expect(back.getByRole("heading", { name: /Completed|Over/ })).toBeVisible({ timeout: 200_000 });
  await until("CANFAR has nothing of it", () => skaha.sessions().length === 0);
  const over = await session();
  expect(over).toMatchObject({ phase: "COMPLETED", connector: "FINISHED" });
  expect(over.events.find((event: { phase: string }) => event.phase === "RELEASING").at).toBeGreaterThanOrEqual(
    extended.endsAt,
  );
  expect(oidc.issued("alice")).toMatchObject({ signIns: 1 });
  expect(oidc.issued("alice").refreshes).toBeGreaterThan(0);
  await second.close();
});
