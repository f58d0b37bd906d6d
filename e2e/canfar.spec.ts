import type { Browser } from "@playwright/test";
import { runInKernel } from "#lib/staging/run-in-kernel.ts";
import { type Canfar, chooseImage, newBrowser, signInAtProvider, test } from "./canfar.ts";
import { look } from "./look.ts";
import type { Meridian } from "./meridian.ts";
import { kept, leaks, readStream, type Secret, Traffic } from "./secrets.ts";
import { expect, signIn } from "./test.ts";
import { until } from "./until.ts";

test("sign in, book, close the browser; the slot starts alone; come back, compute, extend; it ends, CANFAR has nothing left, and no secret was seen anywhere", async ({
  browser,
  meridian,
  canfar,
}) => {
  test.setTimeout(400_000);
  const { skaha, oidc } = canfar;
  // Long enough that the first access token is over before the slot begins.
  oidc.settings({ accessSeconds: 20 });
  const traffic = new Traffic(meridian.url);
  const first = await newBrowser(browser, meridian.url);
  traffic.follow(first);
  const page = await first.newPage();
  await page.goto("/");
  await look(page, "signin-providers");
  await signInAtProvider(page, "alice");
  await page.waitForURL("**/calendar");
  await chooseImage(page, "skaha/base-notebook:latest");
  await page.getByRole("grid").getByRole("gridcell").nth(2).click();
  await page
    .getByRole("button", { name: /^Book \d/ })
    .first()
    .click();
  await page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/);
  const address = new URL(page.url()).pathname;
  const booked = await (await page.request.get(`/api${address}`)).json();
  expect(booked.startsAt).toBeGreaterThan(Date.now());
  expect(skaha.sessions()).toEqual([]);
  const tooEarly = await page.request.get(`${address}/open`, { maxRedirects: 0 });
  expect([tooEarly.status(), tooEarly.headers().location]).toEqual([409, undefined]);
  const cookies = await first.cookies();
  await traffic.seen();
  await first.close();

  const stop = new AbortController();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const stream = readStream(`${meridian.url}/api/events`, cookie, stop.signal);
  const sessionThere = () => skaha.sessions().find((one) => one.name === booked.name);
  await until("CANFAR has it", () => sessionThere()?.status === "Running", 150_000);
  expect(Date.now()).toBeGreaterThanOrEqual(booked.startsAt - 60_000);
  const theirs: Secret[] = [
    // Whoever knows it is in.
    { what: "the id of the session at CANFAR", value: sessionThere()?.id ?? "" },
    { what: "the secret of the client", value: "meridian-secret" },
  ];

  const second = await newBrowser(browser, meridian.url);
  traffic.follow(second);
  await second.addCookies(cookies);
  const back = await second.newPage();
  await back.goto(address);
  const link = back.getByRole("link", { name: /^Open/ });
  await expect(link).toBeVisible({ timeout: 90_000 });
  const [notebook] = await Promise.all([second.waitForEvent("page"), link.click()]);
  await notebook.waitForLoadState("domcontentloaded");
  const entered = skaha.requests().find(({ headers }) => headers["sec-fetch-mode"] === "navigate");
  expect(entered?.path).toContain("/session/notebook/");
  expect(entered?.headers).not.toHaveProperty("referer");
  const opened = await second.request.get(`${address}/open`, { maxRedirects: 0 });
  expect(opened.headers()).toMatchObject({ "referrer-policy": "no-referrer", "cache-control": "no-store" });
  expect(await opened.text()).toBe("");
  const inside = new URL(opened.headers().location ?? "");
  expect(inside.href).toContain(sessionThere()?.id);
  expect(await runInKernel(inside, "print(6*7)", AbortSignal.timeout(60_000))).toBe("42\n");

  await back
    .getByRole("button", { name: /^Extend/ })
    .first()
    .click();
  const session = async () => (await second.request.get(`/api${address}`)).json();
  await until("it is longer", async () => (await session()).endsAt > booked.endsAt);
  const extended = await session();
  await asOthersSeeIt(browser, meridian, traffic);
  const during = await kept(meridian);

  await expect(back.getByRole("heading", { name: /Completed|Over/ })).toBeVisible({ timeout: 200_000 });
  await until("CANFAR has nothing of it", () => skaha.sessions().length === 0);
  const over = await session();
  expect(over).toMatchObject({ phase: "COMPLETED", connector: "FINISHED" });
  expect(over.events.find((event: { phase: string }) => event.phase === "RELEASING").at).toBeGreaterThanOrEqual(
    extended.endsAt,
  );
  expect(oidc.issued("alice")).toMatchObject({ signIns: 1 });
  expect(oidc.issued("alice").refreshes).toBeGreaterThan(0);
  const tooLate = await second.request.get(`${address}/open`, { maxRedirects: 0 });
  expect([tooLate.status(), tooLate.headers().location]).toEqual([409, undefined]);

  stop.abort();
  traffic.add("the live stream", await stream);
  const after = await kept(meridian);
  const seen = [...(await traffic.seen()), ...during, ...after, ...referrers(canfar)];
  await second.close();
  // What was looked through is what is meant.
  const holds = (where: string, text: string) => seen.some((one) => one.where === where && one.text.includes(text));
  const looked = {
    "public.sessions": booked.name,
    "public.audit_events": booked.id,
    [`the answer of ${address}`]: booked.name,
    [`the answer of /api${address}`]: booked.name,
    "the answer of /api/admin": "alice-2",
    "the live stream": booked.id,
  };
  expect(Object.entries(looked).filter(([where, text]) => !holds(where, text))).toEqual([]);
  expect(oidc.given().map(({ what }) => what)).toEqual(
    expect.arrayContaining(["code", "access_token", "refresh_token", "id_token"]),
  );
  expect(leaks(seen, [...theirs, ...oidc.given()])).toEqual([]);
  expect(leaks([...during, ...after], [{ what: "a word of tokens", value: "refresh_token" }])).toEqual([]);
});

/** Meridian as administrators and those who are not signed in see it. */
async function asOthersSeeIt(browser: Browser, meridian: Meridian, traffic: Traffic): Promise<void> {
  const context = await newBrowser(browser, meridian.url);
  traffic.follow(context);
  const page = await context.newPage();
  await page.goto("/api/health");
  await signIn(page, meridian, "admin");
  for (const path of ["/admin", "/api/admin", "/api/calendar", "/api/sessions"]) {
    await page.goto(path);
    // The next page takes this one's answers away.
    await traffic.seen();
  }
  await context.close();
}

/** The pages from which somebody came to CANFAR, other than its own, and to the provider. */
const referrers = ({ skaha, oidc }: Canfar) => [
  ...skaha
    .requests()
    .flatMap(({ path, headers: { referer = "" } }) =>
      referer.startsWith(skaha.url) ? [] : [{ where: `a referrer at CANFAR, ${path.split("/")[1]}`, text: referer }],
    ),
  ...oidc
    .requests()
    .map(({ path, referer = "" }) => ({ where: `the referrer of the provider’s ${path}`, text: referer })),
];
