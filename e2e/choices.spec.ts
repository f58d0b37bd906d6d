import type { Page } from "@playwright/test";
import { addCanfar, inDatabase } from "./database.ts";
import { look } from "./look.ts";
import { choose, expect, signIn, test } from "./test.ts";

const image = (page: Page) => page.getByRole("combobox", { name: /^Image/ });
const field = (page: Page, name: string) => page.getByRole("textbox", { name });
const chooseType = (page: Page, type: string) => choose(page.getByRole("radio", { name: type }));

test("whoever books on CANFAR chooses among what it has, or names an image by hand", async ({ page, meridian }) => {
  await addCanfar(meridian);
  await signIn(page, meridian, "alice");
  await page.getByRole("button", { name: /This machine/ }).click();
  await page.getByRole("menuitemradio", { name: "CANFAR" }).click();

  // Each type begins with its usual image, and the list has those that can run as it.
  await expect(image(page)).toHaveValue("skaha/astroml:latest");
  await chooseType(page, "CARTA");
  await expect(image(page)).toHaveValue("skaha/carta:latest");
  await chooseType(page, "notebook");
  await image(page).fill("rubin");
  await expect(page.getByRole("option")).toHaveText(["lsst/rubin-notebook:w_2026_40"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(image(page)).toHaveValue("lsst/rubin-notebook:w_2026_40");

  // Steps go through the amounts there are; one in between names its neighbours.
  const memory = page.getByRole("textbox", { name: /^Memory/ });
  await memory.fill("4");
  await page.getByRole("button", { name: "More: memory" }).click();
  await expect(memory).toHaveValue("6");
  await memory.fill("5");
  await expect(page.getByText("CANFAR gives 4 or 6 GiB of memory, not 5.")).toBeVisible();
  await memory.fill("4");

  await image(page).fill("docker.io/somebody/else:1");
  await expect(page.getByText("An image for CANFAR begins with images.canfar.net/.")).toBeVisible();
  await chooseType(page, "headless");
  await image(page).fill("mine/by-hand:2");
  await field(page, "Command").fill("python");
  await field(page, "Arguments").fill("fit.py --all");
  await field(page, "Variables").fill("SEED=7\nTOKEN=a=b");
  await expect(page.getByText(/A variable’s value cannot have a “=”/)).toBeVisible();
  await field(page, "Variables").fill("SEED=7");
  await look(page, "choices-headless");
  await page.getByRole("button", { name: "Ask for offers" }).click();
  await expect(page.getByText(/headless by-hand:2/).first()).toBeVisible();
});

test("choices that are old, or not known yet, are said to be so", async ({ page, meridian }) => {
  await addCanfar(meridian);
  await inDatabase(
    meridian,
    "UPDATE platforms SET choices_at = '2026-11-26 14:05Z', choices_trouble = 'down' WHERE name = 'canfar'",
  );
  await signIn(page, meridian, "alice");
  await page.getByRole("button", { name: /This machine/ }).click();
  await page.getByRole("menuitemradio", { name: "CANFAR" }).click();
  await expect(page.getByText("as of 14:05 UTC; CANFAR does not answer now")).toBeVisible();
  await image(page).click();
  await page.getByRole("button", { name: "Show images" }).click();
  await expect(page.getByRole("option")).toHaveCount(5);
  await page.keyboard.press("Escape");
  await look(page, "choices-stale");

  await inDatabase(meridian, "UPDATE platforms SET choices = NULL, choices_at = NULL WHERE name = 'canfar'");
  await page.reload();
  await expect(page.getByText(/Images are being read from CANFAR…/)).toBeVisible();
  await image(page).fill("images.canfar.net/skaha/astroml:latest");
  await page.getByRole("button", { name: "Ask for offers" }).click();
  await expect(page.getByText(/notebook astroml:latest/).first()).toBeVisible();
});
