import type { Browser, Locator, Page } from "@playwright/test";
import * as zoned from "#lib/client/zoned-time.ts";
import { addAnnex } from "./database.ts";
import type { Meridian } from "./meridian.ts";
import { choose, expect, signIn, test } from "./test.ts";

interface Slots {
  readonly platform: { readonly limit: { readonly cores: number } };
  readonly slots: readonly { readonly start: number }[];
}

/** A second browser with its own person. */
async function second(browser: Browser, meridian: Meridian, name: "alice" | "bob"): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: meridian.url, timezoneId: "America/Toronto" })).newPage();
  await signIn(page, meridian, name);
  return page;
}

const calendarOf = async (page: Page): Promise<Slots> => (await page.request.get("/api/calendar")).json();
/** The cell of the slot that starts then: a number would mean another one as soon as an hour is over. */
const cell = (page: Page, start: number) =>
  page.getByRole("grid").getByRole("gridcell", { name: new RegExp(`^\\w+ \\d+ \\w+ ${clock(start)} to `) });
/** The start of the slot that many hours after the running one. */
const startIn = async (page: Page, hours: number) => (await calendarOf(page)).slots[hours]?.start ?? 0;
const book = (page: Page) => page.getByRole("button", { name: /^Book \d/ });
const offers = (page: Page) => page.getByRole("heading", { name: /^\d offers?$/ });
const isLive = (page: Page) => expect(page.getByText("Live", { exact: true })).toBeVisible();

/** Wants every core of the platform. */
async function wantAll(page: Page): Promise<void> {
  const { platform } = await calendarOf(page);
  await page.getByRole("textbox", { name: "Cores", exact: true }).fill(String(platform.limit.cores));
}

/** Asks for every core of the platform, starting with the slot that starts then. */
async function askForAll(page: Page, start: number): Promise<void> {
  await wantAll(page);
  await cell(page, start).click();
}

/** Books the offer that is chosen; answers with what was booked. */
async function bookIt(page: Page): Promise<{ id: string; startsAt: number; endsAt: number }> {
  await book(page).click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  return sessionOf(page);
}

const sessionOf = async (page: Page) => (await page.request.get(`/api${new URL(page.url()).pathname}`)).json();

/** A time as the page writes it. */
const clock = (at: number) => zoned.clock(at, "America/Toronto");
/** A span as the page writes it: with a weekday when it ends on another day, "23:00–00:00 Fri Toronto". */
const span = (start: number, end: number) => zoned.spanShown(start, end, { shown: "America/Toronto", beside: "UTC" });

const hour = 3_600_000;

test("two people race for the last core: one books it, the other reads why and gets another hour with one click", async ({
  page,
  meridian,
  browser,
}) => {
  await signIn(page, meridian, "alice");
  const other = await second(browser, meridian, "bob");
  const people = [page, other];
  await Promise.all(people.map(isLive));
  const raced = await startIn(page, 4);

  // Both are ready before either asks: what the other one holds is on the page within moments.
  await Promise.all(people.map(wantAll));
  await Promise.all(people.map((one) => cell(one, raced).click()));
  await Promise.all(people.map((one) => expect(offers(one)).toBeVisible()));
  const late = (one: Page) => one.getByText(`${clock(raced)} has no room for this`, { exact: false });
  await expect(async () => expect((await late(page).count()) + (await late(other).count())).toBe(1)).toPass();
  const [winner, loser] = (await late(page).count()) === 0 ? [page, other] : [other, page];
  expect((await bookIt(winner)).startsAt).toBe(raced);

  // Who insists on that hour reads why not, and gets the next one.
  const full = loser.getByRole("gridcell", { name: /Full/ });
  await full.first().click();
  await expect(loser.getByRole("heading", { name: `${clock(raced)} Toronto is full` })).toBeFocused();
  await expect(loser.getByText(/You asked for \d+ cores?; then the platform has 0 cores left\./)).toBeVisible();
  await loser.getByRole("button", { name: /Same shape, later/ }).click();
  await expect(loser.getByRole("heading", { name: /is full/ })).toHaveCount(0);
  expect((await bookIt(loser)).startsAt).toBe(raced + hour);
  await other.context().close();
});

test("a full hour on one platform leads to the same hour on another, in one click", async ({
  page,
  meridian,
  browser,
}) => {
  await addAnnex(meridian);
  await signIn(page, meridian, "alice");
  await askForAll(page, await startIn(page, 5));
  const { startsAt } = await bookIt(page);

  const bob = await second(browser, meridian, "bob");
  await bob.getByRole("gridcell", { name: /Full/ }).click();
  await expect(bob.getByRole("heading", { name: `${clock(startsAt)} Toronto is full` })).toBeFocused();
  await bob.getByRole("button", { name: /On another platform .*The annex/ }).click();
  await expect(offers(bob)).toBeVisible();
  await expect(bob.getByRole("button", { name: /The annex/ })).toBeVisible();
  await expect(bob.getByRole("gridcell", { name: /Full/ })).toHaveCount(0);
  const booked = await bookIt(bob);
  expect(booked.startsAt).toBe(startsAt);
  const { platform } = await (await bob.request.get("/api/calendar")).json();
  expect(platform.title).toBe("The annex");
  await bob.context().close();
});

test("who waits for a full hour is offered it as soon as it is free, and books it", async ({
  page,
  meridian,
  browser,
}) => {
  await signIn(page, meridian, "alice");
  await askForAll(page, await startIn(page, 5));
  const { startsAt } = await bookIt(page);

  const bob = await second(browser, meridian, "bob");
  await isLive(bob);
  await bob.getByRole("gridcell", { name: /Full/ }).click();
  await bob.getByRole("button", { name: /^Wait for it/ }).click();
  const waits = bob.getByRole("region", { name: "You wait for" });
  await expect(waits.getByRole("listitem")).toHaveCount(1);
  await expect(waits.getByRole("button", { name: "Leave" })).toBeVisible();
  await expect(offers(bob)).toHaveCount(0);

  await page.getByRole("button", { name: /^Cancel/ }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Cancel the booking" }).click();
  await expect(page.getByRole("heading", { name: /Cancelled/ })).toBeVisible();

  await expect(waits.getByText(/It is yours until \d\d:\d\d( \w{3})? Toronto: book it\./)).toBeVisible();
  await expect(bob).toHaveTitle(/^Yours until \d\d:\d\d Toronto: book it/);
  await waits.getByRole("button", { name: "To the offer" }).click();
  await expect(offers(bob)).toBeFocused();
  expect((await bookIt(bob)).startsAt).toBe(startsAt);
  await expect(async () => expect((await (await bob.request.get("/api/calendar")).json()).waits).toEqual([])).toPass();
  await bob.context().close();
});

test("a booking is extended, shortened, moved and repeated where one looks at it", async ({ page, meridian }) => {
  await signIn(page, meridian, "alice");
  const { slots } = await calendarOf(page);
  await cell(page, slots[3]?.start ?? 0).click();
  const { startsAt, endsAt } = await bookIt(page);
  const title = page.getByRole("heading", { level: 1 });
  const line = page.getByRole("region", { name: /^What happened/ });
  const says = (start: number, end: number) => expect(title).toContainText(span(start, end));
  await says(startsAt, endsAt);

  // The page shows the new end before the answer is here, and what is chosen then stays.
  const answer = await holdAnswer(page);
  await page.getByRole("button", { name: `Extend to ${clock(endsAt + hour)}` }).click();
  await says(startsAt, endsAt + hour);
  await page.getByLabel("Extend by").selectOption({ label: "2 h" });
  await answer();
  await page.getByRole("button", { name: `Extend to ${clock(endsAt + 3 * hour)}` }).click();
  await says(startsAt, endsAt + 3 * hour);
  await page.getByLabel("Give back the last").selectOption({ label: "3 h" });
  await page.getByRole("button", { name: `Shorten to ${clock(endsAt)}` }).click();
  await says(startsAt, endsAt);
  await expect(page.getByRole("button", { name: /^Shorten/ })).toHaveCount(0);

  const to = slots[8]?.start ?? 0;
  await page.getByRole("button", { name: "Move…" }).click();
  const dialog = page.getByRole("dialog");
  await choose(radio(dialog, clock(to)));
  await dialog.getByRole("button", { name: /^Move to/ }).click();
  await expect(dialog).toHaveCount(0);
  await says(to, to + hour);
  for (const word of ["Extended", "Shortened", "Moved"]) {
    await expect(line.getByText(word, { exact: true }).first()).toBeVisible();
  }

  await page.getByRole("button", { name: "Repeat…" }).click();
  await dialog.getByRole("button", { name: "Repeat every day" }).click();
  const utc = new Date(to).toISOString().slice(11, 16);
  const series = page.getByText(new RegExp(`^Repeats every day at ${utc} UTC, next `));
  await expect(series).toBeVisible();
  await page.getByRole("button", { name: "Stop repeating" }).click();
  await expect(page.getByText("It was repeated every day; no more is booked.")).toBeVisible();
});

/** Holds back what the next action of this page is answered, until the returned function is called. */
async function holdAnswer(page: Page): Promise<() => Promise<void>> {
  let go = () => {};
  const released = new Promise<void>((resolve) => {
    go = resolve;
  });
  const { pathname } = new URL(page.url());
  const isAction = (url: URL) => url.pathname === pathname;
  await page.route(isAction, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    const response = await route.fetch();
    await released;
    await route.fulfill({ response });
  });
  return async () => {
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    go();
    await answered;
    await page.unroute(isAction);
  };
}

/** The start at that time; the dialog's window has it on one day only. */
const radio = (dialog: Locator, time: string) =>
  dialog.getByRole("radio", { name: new RegExp(`^\\w+ \\d+ \\w+ ${time} `) });
