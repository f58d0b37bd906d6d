import { chooseImage, signInAtProvider, test } from "./canfar.ts";
import { look } from "./look.ts";
import { bookNow, choose, expect, signIn } from "./test.ts";
import { until } from "./until.ts";

test("CARTA opens by its link; what cannot be removed for want of a sign-in, administrators see, and its owner’s next sign-in removes it", async ({
  page,
  browser,
  meridian,
  canfar,
}) => {
  const { skaha, oidc } = canfar;
  await page.goto("/calendar");
  await signInAtProvider(page, "alice");
  await page.waitForURL("**/calendar");
  await choose(page.getByRole("radio", { name: "CARTA" }));
  await expect(page.getByRole("combobox", { name: /^Image/ })).toHaveValue("skaha/carta:latest");
  await page.getByRole("textbox", { name: "Duration" }).fill("5");
  await bookNow(page);
  const open = page.getByRole("link", { name: "Open CARTA" });
  await expect(open).toBeVisible();
  const [carta] = await Promise.all([page.context().waitForEvent("page"), open.click()]);
  await expect(carta).toHaveTitle(/^carta session m-/);
  await carta.close();
  await expect(page.getByRole("heading", { name: "Running" })).toBeVisible();
  await look(page, "session-carta");

  // The sign-in dies: what was given is over, and is not renewed.
  oidc.refuseRefresh("alice");
  oidc.forward(3_600);
  skaha.clock({ forwardMs: 3_000 });
  await page.getByRole("button", { name: "Cancel…" }).click();
  await page.getByRole("button", { name: "Cancel the session" }).click();
  const notice = page.getByRole("complementary", { name: "Sign-in needed" });
  await expect(notice.getByText(/cannot end it for you without/)).toBeVisible();
  await expect(page.getByText(/It could not be removed yet/)).toBeVisible();
  expect(skaha.sessions()).toHaveLength(1);
  await look(page, "session-not-removed");

  const admin = await (await browser.newContext({ baseURL: meridian.url, timezoneId: "America/Toronto" })).newPage();
  await signIn(admin, meridian, "admin");
  await admin.goto("/admin");
  await expect(admin.getByRole("heading", { name: "Could not be removed yet" })).toBeVisible();
  await look(admin, "admin-not-removed");

  await notice.getByRole("link", { name: "Sign in" }).click();
  await expect(page.getByText("Sign in again", { exact: true })).toBeVisible();
  await look(page, "credentials-dead");
  await page.getByRole("button", { name: /with SKA IAM/ }).click();
  await page.waitForURL("**/sessions/*");
  await until("CANFAR has nothing of it", () => skaha.sessions().length === 0);
  await expect(notice).toHaveCount(0);
  await expect(admin.getByRole("heading", { name: "Could not be removed yet" })).toHaveCount(0);
  await admin.context().close();
});

test("a headless session runs its command, shows what it wrote, ends early, and gives back the rest of its time", async ({
  page,
  canfar: { skaha },
}) => {
  await page.goto("/calendar");
  await signInAtProvider(page, "bob");
  await page.waitForURL("**/calendar");
  await choose(page.getByRole("radio", { name: "headless" }));
  await chooseImage(page, "skaha/base-notebook:latest");
  await page.getByRole("textbox", { name: "Command" }).fill("env");
  await page.getByRole("textbox", { name: /^Variables/ }).fill("OBSERVED_BY=meridian\nBAND=5b");
  await page.getByRole("textbox", { name: "Duration" }).fill("10");
  let wasOpen = false;
  const open = page.locator("a[href$='/open']").waitFor({ state: "attached", timeout: 0 });
  open.then(
    () => {
      wasOpen = true;
    },
    () => undefined,
  );
  await bookNow(page);
  const address = new URL(page.url()).pathname;
  const usedLater = async () => {
    const { slots } = await (await page.request.get("/api/calendar")).json();
    // The running slot is spent.
    return slots
      .slice(1)
      .map((slot: { accounts: { user: { used: { cores: number } } } }) => slot.accounts.user.used.cores);
  };

  await expect(page.getByRole("heading", { name: "Completed" })).toBeVisible();
  await expect(page.getByRole("region", { name: "What it wrote last" })).toContainText("OBSERVED_BY=meridian");
  await look(page, "session-headless-over");
  const over = await (await page.request.get(`/api${address}`)).json();
  expect(over).toMatchObject({ phase: "COMPLETED", reason: expect.stringContaining("ran to its end") });
  expect(over.endsAt - over.startsAt).toBeGreaterThanOrEqual(600_000);
  expect(Math.max(...(await usedLater()))).toBe(0);
  await page.getByRole("link", { name: "Calendar" }).first().click();
  await expect(page.getByRole("grid").getByRole("gridcell", { name: /Fits/ }).nth(10)).toBeVisible();
  await expect(page.getByRole("list", { name: "What the marks mean" })).toContainText(/mine\s*0/);

  expect(wasOpen).toBe(false);
  const opened = await page.request.get(`${address}/open`, { maxRedirects: 0 });
  expect([opened.status(), opened.headers().location]).toEqual([409, undefined]);
  await until("CANFAR has nothing of it", () => skaha.sessions().length === 0);
});
