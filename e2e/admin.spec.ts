import type { Browser, Page } from "@playwright/test";
import { inDatabase } from "./database.ts";
import { look } from "./look.ts";
import type { Meridian } from "./meridian.ts";
import { expect, signIn, test } from "./test.ts";

/** A page of somebody else, in a browser of their own. */
async function pageOf(browser: Browser, meridian: Meridian, name: "alice" | "bob" | "admin"): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, meridian, name);
  return page;
}

async function openAdmin(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Admin" }).click();
  await expect(page.getByRole("heading", { name: "Load and limits" })).toBeVisible();
}

/** Opens the dialog of the platform's limits: the first row of the table. */
async function changePlatform(page: Page) {
  await page
    .getByRole("button", { name: /^Change the limits of/ })
    .first()
    .click();
  return page.getByRole("dialog", { name: /^Limits of/ });
}

/** Books the whole platform in the cell with that number. */
async function bookAllOf(page: Page, cell: number): Promise<number> {
  const { platform } = await (await page.request.get("/api/calendar")).json();
  await page.getByRole("textbox", { name: "Cores" }).fill(String(platform.limit.cores));
  await page.getByRole("grid").getByRole("gridcell").nth(cell).click();
  await page.getByRole("button", { name: /^Book \d/ }).click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  return platform.limit.cores;
}

test("an administrator lowers a limit: first what is booked is kept, then it is cancelled with the reason", async ({
  page,
  meridian,
  browser,
}) => {
  const alice = await pageOf(browser, meridian, "alice");
  const cores = await bookAllOf(alice, 3);
  const lower = cores - 1;
  const word = lower === 1 ? "core" : "cores";
  await signIn(page, meridian, "admin");
  await openAdmin(page);

  const dialog = await changePlatform(page);
  const field = dialog.getByRole("textbox", { name: "Cores", exact: true });
  await field.fill("many");
  await expect(field).toHaveAccessibleDescription(/A whole number, 0 or more\./);
  await field.fill("1000001");
  await expect(field).toHaveAccessibleDescription(/from 0 to 1000000/);
  await field.fill(String(lower));
  await expect(dialog.getByText("1 booking would be honoured above the limit.")).toBeVisible();
  await expect(dialog.getByRole("row", { name: /alice/ })).toContainText("kept");
  await expect(dialog.getByRole("list", { name: "What stays above the limit" })).toContainText(
    "1 core above the limit",
  );
  await look(page, "admin-keep");
  await dialog.getByRole("button", { name: `Save ${lower} ${word}, keep 1 booking` }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("cell", { name: new RegExp(`^(\\d+ per cent|over), ${cores} cores`) })).toHaveCount(1);
  await look(page, "admin");

  // Alice keeps her hour; nobody else gets in there.
  await expect(alice.getByRole("heading", { level: 1 })).not.toHaveText(/Cancelled/);
  const bob = await pageOf(browser, meridian, "bob");
  const full = bob.getByRole("grid").getByRole("gridcell", { name: /Full/ });
  await expect(full).toHaveCount(1);
  await full.click();
  await expect(bob.getByRole("heading", { name: /full/i })).toBeVisible();

  // And back.
  await changePlatform(page);
  await field.fill(String(cores));
  await dialog.getByRole("button", { name: new RegExp(`^Save ${cores} cores$`) }).click();
  await expect(dialog).toHaveCount(0);

  // Now with the other policy. While it is looked at, bob books: what is on screen is what would happen then.
  await changePlatform(page);
  await field.fill(String(lower));
  await dialog.getByRole("radio", { name: /Cancel what no longer fits/ }).check();
  await dialog.getByRole("textbox", { name: "Why" }).fill("A rack is being replaced.");
  await expect(dialog.getByText("1 booking would be cancelled.")).toBeVisible();
  await bob.goto(`${meridian.url}/calendar`);
  await bookAllOf(bob, 5);
  await expect(dialog.getByText("Something changed since you looked.")).toBeVisible();
  await expect(dialog.getByRole("row", { name: /bob/ })).toContainText("cancelled");
  await dialog.getByRole("button", { name: `Save ${lower} ${word}, cancel 2 bookings` }).click();
  await expect(dialog).toHaveCount(0);
  for (const person of [alice, bob]) {
    await expect(person.getByRole("heading", { name: /Cancelled/ })).toBeVisible();
    await expect(person.getByText(/A rack is being replaced\./).first()).toBeVisible();
  }
});

test("an administrator closes a slot and opens it again, and an open calendar follows; nobody else gets there", async ({
  page,
  meridian,
  browser,
}) => {
  const stranger = await (await browser.newContext()).newPage();
  expect((await stranger.request.get(`${meridian.url}/api/admin`)).status()).toBe(401);
  await stranger.goto(`${meridian.url}/admin`);
  await expect(stranger).toHaveURL(/\/signin\?from=%2Fadmin/);

  const alice = await pageOf(browser, meridian, "alice");
  expect((await alice.request.get(`${meridian.url}/api/admin`)).status()).toBe(403);
  expect((await alice.goto(`${meridian.url}/admin`))?.status()).toBe(404);
  await expect(alice.getByRole("link", { name: "Admin" })).toHaveCount(0);
  await alice.goto(`${meridian.url}/calendar`);
  const closed = alice.getByRole("grid").getByRole("gridcell", { name: /Closed/ });
  await expect(closed).toHaveCount(0);

  await signIn(page, meridian, "admin");
  await openAdmin(page);
  await expect(page.getByText("No slot is closed.")).toBeVisible();
  // With the keyboard alone.
  await page.getByRole("button", { name: /^Close slots of/ }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Close slots of/ });
  const apply = dialog.getByRole("button", { name: "Close 1 slot" });
  await dialog.getByRole("combobox", { name: /^From, / }).selectOption({ index: 3 });
  await expect(dialog.getByText("Nobody’s booking is touched.")).toBeVisible();
  await apply.focus();
  await page.keyboard.press("Enter");
  const reason = dialog.getByRole("textbox", { name: "Reason" });
  await expect(reason).toHaveAccessibleDescription(/Say why: everybody will read it\./);
  await reason.focus();
  await page.keyboard.type("New disks");
  await look(page, "admin-close");
  await apply.focus();
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("listitem").filter({ hasText: "New disks" })).toBeVisible();
  await expect(closed).toHaveCount(1);
  await expect(closed).toHaveAccessibleName(/New disks/);

  await page.getByRole("button", { name: /^Open .* again…$/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Open 1 slot again" }).click();
  await expect(page.getByText("No slot is closed.")).toBeVisible();
  await expect(closed).toHaveCount(0);
});

test("an administrator in no project administers, and gets a calendar once they are in one", async ({
  page,
  meridian,
}) => {
  const membership =
    "SELECT m.project_id, u.id FROM users u, (SELECT DISTINCT project_id FROM project_members) m WHERE u.name = 'admin'";
  await inDatabase(meridian, "DELETE FROM project_members WHERE user_id = (SELECT id FROM users WHERE name = 'admin')");
  await signIn(page, meridian, "admin");
  await expect(page.getByRole("heading", { name: "You are in no project yet" })).toBeVisible();
  await look(page, "no-project");
  await page.getByRole("main").getByRole("link", { name: "Load and limits" }).click();
  await expect(page.getByRole("heading", { name: "Load and limits" })).toBeVisible();
  await page.goto(`${meridian.url}/sessions`);
  await expect(page.getByRole("heading", { name: "No bookings yet" })).toBeVisible();

  await page.goto(`${meridian.url}/calendar`);
  await inDatabase(meridian, `INSERT INTO project_members (project_id, user_id) ${membership}`);
  await expect(page.getByRole("grid")).toBeVisible();
});
