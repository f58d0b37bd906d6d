import { runInKernel } from "#lib/staging/run-in-kernel.ts";
import { bookNow, expect, signIn, test } from "./test.ts";
import { until } from "./until.ts";

test("alice books “now”, computes in a real notebook, cancels, and the capacity is back", async ({
  page,
  meridian,
}) => {
  await signIn(page, meridian, "alice");
  const capacity = async () => {
    const { slots } = await (await page.request.get("/api/calendar")).json();
    return slots.slice(0, 2).map((slot: { accounts: { platform: { used: unknown } } }) => slot.accounts.platform.used);
  };
  const before = await capacity();

  await bookNow(page);
  const id = page.url().split("/").at(-1);

  // Open is no link before the notebook answers.
  const link = page.getByRole("link", { name: "Open notebook" });
  await expect(link).toBeVisible();
  expect(await capacity()).not.toEqual(before);

  const [notebook] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
  await notebook.waitForLoadState("domcontentloaded");
  expect(new URL(notebook.url()).port).not.toBe(String(meridian.port));
  const redirect = await page.request.get(`/sessions/${id}/open`, { maxRedirects: 0 });
  const opened = new URL(redirect.headers().location ?? "");
  const token = opened.searchParams.get("token") ?? "";
  expect(await runInKernel(opened, "print(6*7)", AbortSignal.timeout(60_000))).toBe("42\n");
  await expect(page.getByRole("heading", { name: "Running" })).toBeVisible();
  const html = await page.content();
  expect(html).not.toContain(token);
  const { name } = await (await page.request.get(`/api/sessions/${id}`)).json();
  const processes = () => meridian.notebooks().filter((one) => one.session === name);
  expect(processes().some((one) => one.command.includes("kernel"))).toBe(true);

  await page.getByRole("button", { name: /^Cancel/ }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Cancel the session/ })
    .click();
  await expect(page.getByRole("heading", { name: /Cancelled/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Open notebook" })).toHaveCount(0);
  await until("server and kernels are gone", () => processes().length === 0);
  await expect(page.request.get(opened.href)).rejects.toThrow();
  expect(await capacity()).toEqual(before);
  await notebook.close();
});

test("bob finds neither alice's session nor her notebook", async ({ page, meridian, browser }) => {
  await signIn(page, meridian, "alice");
  await bookNow(page);
  const path = new URL(page.url()).pathname;
  await expect(page.getByRole("link", { name: "Open notebook" })).toBeVisible();

  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, meridian, "bob");
  expect((await other.goto(`${meridian.url}${path}`))?.status()).toBe(404);
  for (const address of [`/api${path}`, `${path}/open`]) {
    expect((await other.request.get(`${meridian.url}${address}`, { maxRedirects: 0 })).status()).toBe(404);
  }
  await context.close();
  const stranger = await browser.newContext();
  for (const address of [`/api${path}`, `${path}/open`, "/api/calendar", "/api/events"]) {
    expect((await stranger.request.get(`${meridian.url}${address}`, { maxRedirects: 0 })).status()).toBe(401);
  }
  await stranger.close();
});
