import type { Page } from "@playwright/test";
import { chooseImage, newBrowser, signInAtProvider, test } from "./canfar.ts";
import { look } from "./look.ts";
import { expect, signIn } from "./test.ts";
import { until } from "./until.ts";

const NOTEBOOK = "skaha/base-notebook:latest";

/** Chooses the third minute from now on, and books three. */
async function bookSoon(page: Page): Promise<string> {
  await page.goto("/calendar");
  await chooseImage(page, NOTEBOOK);
  await page.getByRole("textbox", { name: "Duration" }).fill("3");
  await page.getByRole("grid").getByRole("gridcell").nth(2).click();
  await page
    .getByRole("button", { name: /^Book \d/ })
    .first()
    .click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

test("a sign-in that was taken back is missed on every page; the session waits for it, and starts when its owner is back", async ({
  page,
  canfar: { skaha, oidc },
}) => {
  test.setTimeout(400_000);
  await page.goto("/calendar");
  await signInAtProvider(page, "bob");
  await page.waitForURL("**/calendar");
  const address = await bookSoon(page);
  const { name } = await (await page.request.get(`/api${address}`)).json();

  await page.getByRole("button", { name: /account$/ }).click();
  await page.getByRole("menuitem", { name: "What Meridian holds" }).click();
  await expect(page.getByRole("heading", { name: "What Meridian holds for you" })).toBeVisible();
  await expect(page.getByText("1 booking to come")).toBeVisible();
  await expect(page.getByText("Good", { exact: true })).toBeVisible();
  await look(page, "credentials");
  await page.getByRole("button", { name: /^Take it back/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByText("Nothing held")).toBeVisible();
  expect(oidc.revocations()).toEqual(["bob"]);
  await look(page, "credentials-taken-back");

  await page.goto("/calendar");
  const notice = page.getByRole("complementary", { name: "Sign-in needed" });
  await expect(notice.getByText(/Sign in with SKA IAM again/)).toBeVisible();
  await look(page, "sign-in-missing");
  // Nothing more can be booked meanwhile: the no says why, and leads to the sign-in.
  await chooseImage(page, NOTEBOOK);
  await page.getByRole("grid").getByRole("gridcell").nth(8).click();
  await page
    .getByRole("button", { name: /^Book \d/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Sign in first" })).toBeFocused();

  await page.goto(address);
  await expect(page.getByText(/It cannot start without a new sign-in/)).toBeVisible({ timeout: 150_000 });
  expect(skaha.sessions()).toEqual([]);
  await look(page, "session-needs-sign-in");
  await notice.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("button", { name: /with SKA IAM/ }).click();
  await page.waitForURL(`**${address}`);
  await until("it runs", () => skaha.sessions().some((one) => one.name === name && one.status === "Running"));
  await expect(page.getByRole("link", { name: "Open notebook" })).toBeVisible();
  await expect(notice).toHaveCount(0);
  await page.getByRole("button", { name: "Cancel…" }).click();
  await page.getByRole("button", { name: "Cancel the session" }).click();
  await until("it is gone", () => skaha.sessions().length === 0);
});

test("somebody who is signed in adds a sign-in to who they are; one that is somebody else's is refused", async ({
  page,
  browser,
  meridian,
  canfar,
}) => {
  await signIn(page, meridian, "alice");
  await page.goto("/credentials");
  await signInAtProvider(page, "alice");
  await page.waitForURL("**/credentials");
  await expect(page.getByText("Good", { exact: true })).toBeVisible();
  expect(canfar.oidc.issued("alice").signIns).toBe(1);

  const other = await newBrowser(browser, meridian.url);
  const second = await other.newPage();
  await signIn(second, meridian, "bob");
  await second.goto("/credentials");
  await signInAtProvider(second, "alice");
  await expect(second.getByText(/belongs to somebody else here/)).toBeVisible();
  await expect(second.getByText("Nothing held")).toBeVisible();
  await other.close();
});
