import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { Meridian } from "./meridian.ts";

/** Journeys with a Meridian of their own, at the address of `page`; a stray error in the browser's console fails them. */
export const test = base.extend<{ settings: Record<string, string>; meridian: Meridian; quietConsole: undefined }>({
  settings: [{}, { option: true }],
  meridian: async ({ settings }, use) => {
    const meridian = await Meridian.create(settings);
    try {
      await meridian.start();
      await use(meridian);
    } finally {
      await meridian.discard();
    }
  },
  baseURL: async ({ meridian }, use) => use(meridian.url),
  quietConsole: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      page.on("pageerror", (error) => errors.push(error.message));
      await use(undefined);
      const meant = errors.filter((error) => !/Failed to load resource|ERR_CONNECTION|ERR_INCOMPLETE/.test(error));
      if (meant.length > 0) throw new Error(`the browser's console has errors:\n${meant.join("\n")}`);
    },
    { auto: true },
  ],
});

export { expect };

/** Chooses with a radio button, which lies unseen under its words, as soon as the page is awake. */
export async function choose(radio: Locator): Promise<void> {
  await expect(radio).toBeEnabled();
  await radio.check({ force: true });
}

/** Signs in through the door, as a person does. */
export async function signIn(page: Page, meridian: Meridian, name: "alice" | "bob" | "admin"): Promise<void> {
  await page.goto(`${meridian.url}/signin`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // Where one signs in with a provider, the demo is tucked away.
  const demo = page.getByText("Try it as a demo person");
  if (await demo.isVisible()) await demo.click();
  await choose(page.getByRole("radio", { name: new RegExp(name, "i") }));
  await page.getByLabel("Password").fill(meridian.password(name));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/calendar");
}

/** Books a session that starts now, with the shape that the page proposes; ends on the session's page. */
export async function bookNow(page: Page): Promise<void> {
  await choose(page.getByRole("radio", { name: "now" }));
  await page.getByRole("button", { name: "Ask for offers" }).click();
  await page.getByRole("button", { name: /^Book now, until/ }).click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
}
