import type { Page } from "@playwright/test";
import { look } from "./look.ts";
import { bookNow, choose, expect, signIn, test } from "./test.ts";

test("every page, at phone and desktop width, by day and by night, is sound", async ({ page, meridian }) => {
  await page.goto(`${meridian.url}/calendar`);
  await expect(page).toHaveURL(/\/signin/);
  await look(page, "signin");
  await page.getByLabel("Password").fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("That name and password do not belong together.")).toBeVisible();

  await signIn(page, meridian, "alice");
  await page.getByRole("link", { name: "Sessions" }).click();
  await expect(page.getByRole("heading", { name: "No bookings yet" })).toBeVisible();
  await look(page, "sessions-empty");

  await page.getByRole("link", { name: "Calendar", exact: true }).click();
  await choose(page.getByRole("radio", { name: "now" }));
  await page.getByRole("button", { name: "Ask for offers" }).click();
  await expect(page.getByRole("heading", { name: /\d offers?/ })).toBeVisible();
  await look(page, "calendar");
  await page.getByRole("button", { name: /Release/ }).click();
  await expect(page.getByRole("button", { name: /^Book now, until/ })).toHaveCount(0);

  await bookNow(page);
  await expect(page.getByRole("link", { name: "Open notebook" })).toBeVisible();
  await look(page, "session");
  await page.goto(`${meridian.url}/sessions`);
  await look(page, "sessions");
  await page.goto(`${meridian.url}/profile`);
  await expect(page.getByRole("button", { name: "Make a token…" })).toBeVisible();
  await look(page, "profile");
  await page.goto(`${meridian.url}/developers`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await look(page, "developers");
  await page.goto(`${meridian.url}/sessions/00000000-0000-7000-8000-000000000000`);
  await expect(page.getByRole("main")).toBeVisible();
  await look(page, "not-found");
});

test("an impossible request gets a sentence at its field, in the page as in the server action", async ({
  page,
  meridian,
}) => {
  await signIn(page, meridian, "bob");
  const cores = page.getByRole("textbox", { name: "Cores" });
  const duration = page.getByRole("textbox", { name: /^Duration/ });
  for (const [field, text, sentence] of [
    [cores, "0", /Cores must be a whole number of at least 1\./],
    [cores, "1000000000", /The whole platform has \d+ cores?; ask for no more\./],
    [cores, "many", /Cores must be a whole number of at least 1\./],
    [duration, "25", /One can book 24 hours ahead/],
  ] as const) {
    const before = await field.inputValue();
    await field.fill(text);
    await page.getByRole("button", { name: "Ask for offers" }).click();
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(sentence);
    await expect(page.getByRole("button", { name: /^Book / })).toHaveCount(0);
    if (text === "many") await look(page, "bad-input");
    await field.fill(before);
  }
});

test("a full slot says so in words and leads to what can be had, in one click", async ({ page, meridian }) => {
  await signIn(page, meridian, "alice");
  const { platform, slots } = await (await page.request.get("/api/calendar")).json();
  await page.getByRole("textbox", { name: "Cores" }).fill(String(platform.limit.cores));
  const cell = page.getByRole("grid").getByRole("gridcell").nth(3);
  await cell.click();
  await page.getByRole("button", { name: /^Book \d/ }).click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await look(page, "session-waiting");

  await signOut(page);
  await signIn(page, meridian, "bob");
  const full = page.getByRole("grid").getByRole("gridcell", { name: /Full/ });
  await expect(full).toHaveCount(1);
  await full.click();
  await expect(page.getByRole("heading", { name: /full/i })).toBeVisible();
  await look(page, "refusal");
  await page.getByRole("button", { name: /Same shape, later/ }).click();
  await expect(page.getByRole("button", { name: /^Book \d/ })).toBeVisible();
  expect(slots).toHaveLength(24);
});

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /account/ }).click();
  await page.getByRole("menuitem", { name: /sign out/i }).click();
  await page.waitForURL(/\/signin/);
}

test("nothing that is typed before the page is awake is lost: until then it cannot be typed", async ({
  page,
  meridian,
}) => {
  await signIn(page, meridian, "alice");
  let letThemCome = () => {};
  const scripts = new Promise<void>((resolve) => {
    letThemCome = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await scripts;
    await route.continue();
  });
  await page.goto(`${meridian.url}/calendar`, { waitUntil: "commit" });
  const cores = page.getByRole("textbox", { name: "Cores" });
  await expect(cores).toBeDisabled();
  await expect(page.getByRole("button", { name: "Ask for offers" })).toBeDisabled();
  await expect(page.getByRole("link", { name: "Sessions" })).toBeVisible();

  letThemCome();
  await cores.fill("2");
  await page.getByRole("button", { name: "Ask for offers" }).click();
  await expect(page.getByRole("heading", { name: /\d offers?/ })).toBeVisible();
  await expect(cores).toHaveValue("2");
});
