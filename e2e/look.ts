import { mkdir } from "node:fs/promises";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const folder = "test-results/pages";
/** Set to renew the pictures that the README shows: `MERIDIAN_SCREENSHOTS=docs/screenshots npm test`. */
const kept = process.env.MERIDIAN_SCREENSHOTS;
const shown = ["calendar", "session", "refusal", "admin", "session-headless-over"];

const themes = ["light", "dark"] as const;
const widths = { desktop: { width: 1440, height: 1000 }, phone: { width: 390, height: 844 } } as const;

/** Takes a page at phone and desktop width, light and dark; looks for what axe finds and for sideways scrolling. */
export async function look(page: Page, name: string): Promise<void> {
  for (const [device, size] of Object.entries(widths)) {
    await page.setViewportSize(size);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.screenshot({ path: path.join(folder, `${name}-${device}-${colorScheme}.png`), fullPage: true });
    }
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]),
      `axe on ${name}, ${device}`,
    ).toEqual([]);
  }
  for (const width of [320, 390, 768, 1024, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    // React needs a moment to put a page in another order.
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(sideways, { message: `${name} scrolls sideways at ${width} px` }).toBe(0);
  }
  await page.setViewportSize(widths.desktop);
  await page.emulateMedia({ colorScheme: "light" });
  if (kept && shown.includes(name)) {
    await mkdir(kept, { recursive: true });
    await page.screenshot({ path: path.join(kept, `${name}.png`) });
  }
}
