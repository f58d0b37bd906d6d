import { bookNow, expect, signIn, test } from "./test.ts";
import { until } from "./until.ts";

test.use({ settings: { MERIDIAN_SLOT_MINUTES: "1", MERIDIAN_WINDOW_HOURS: "1" } });

test("a short slot runs out: the page counts down, the notebook is gone at the end, files stay", async ({
  page,
  meridian,
}) => {
  await signIn(page, meridian, "alice");
  await bookNow(page);
  const api = `/api${new URL(page.url()).pathname}`;
  await expect(page.getByRole("link", { name: "Open notebook" })).toBeVisible();
  const running = await (await page.request.get(api)).json();
  expect(meridian.notebooks().some((one) => one.session === running.name)).toBe(true);

  await expect(page.getByRole("heading", { name: /Completed|Over/ })).toBeVisible({ timeout: 200_000 });
  await expect(page.getByRole("link", { name: "Open notebook" })).toHaveCount(0);
  await until("the notebook is gone", () => meridian.notebooks().length === 0);
  const over = await (await page.request.get(api)).json();
  expect(over).toMatchObject({ phase: "COMPLETED", connector: "FINISHED" });
  const ended = over.events.find((event: { phase: string }) => event.phase === "RELEASING");
  expect(ended.at).toBeGreaterThanOrEqual(over.endsAt);
});
