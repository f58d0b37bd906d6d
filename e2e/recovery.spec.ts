import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { findJupyter } from "#lib/launch/local/find-jupyter.ts";
import { Meridian } from "./meridian.ts";
import { test as base, bookNow, expect, signIn } from "./test.ts";
import { until } from "./until.ts";

/** A Jupyter that serves only once a file is there, so that a crash can come while a session prepares. */
const test = base.extend<{ letServe: () => Promise<void> }>({
  meridian: async ({ settings }, use) => {
    const meridian = await Meridian.create(settings);
    const jupyter = await findJupyter({ data: meridian.data, jupyter: process.env.MERIDIAN_JUPYTER });
    if (!jupyter.found) throw new Error(jupyter.why);
    // Found as `jupyter lab` or `jupyter notebook`, or as the one program `jupyter-lab`, which takes no first word.
    const [program = "", ...words] = jupyter.command;
    const other = jupyter.flavour === "lab" ? "notebook" : "lab";
    const alone = words.length === 0 ? `case "$1" in ${other}) exit 1;; ${jupyter.flavour}) shift;; esac` : "";
    const file = path.join(meridian.data, "waiting-jupyter");
    const gate = path.join(meridian.data, "may-serve");
    const wait = `case "$*" in *version*) ;; *) while [ ! -e '${gate}' ]; do sleep 0.1; done;; esac`;
    await writeFile(file, `#!/bin/sh\n${alone}\n${wait}\nexec '${program}' "$@"\n`);
    await chmod(file, 0o755);
    const waiting = Object.assign(meridian, { settings: { ...settings, MERIDIAN_JUPYTER: file } });
    try {
      await waiting.start();
      await use(waiting);
    } finally {
      await waiting.discard();
    }
  },
  letServe: async ({ meridian }, use) => use(() => writeFile(path.join(meridian.data, "may-serve"), "")),
});

/** The Jupyter servers of one session that live: one, or something is wrong. */
const servers = (meridian: Meridian, session: string) =>
  meridian
    .notebooks()
    .filter((one) => one.session === session && /jupyter/.test(one.command) && !/kernel/.test(one.command));

test("killed with -9 while a session prepares and again while it runs, Meridian comes back to exactly one notebook", async ({
  page,
  meridian,
  letServe,
}) => {
  await signIn(page, meridian, "alice");
  await bookNow(page);
  const api = `/api${new URL(page.url()).pathname}`;
  const session = async () => (await page.request.get(api)).json();
  await until("the session prepares", async () => (await session()).phase === "PREPARING");
  const { name } = await session();
  await until("its server was started", () => servers(meridian, name).length > 0);

  await meridian.killAll();
  await meridian.start();
  expect((await session()).phase).toBe("PREPARING");
  await letServe();
  await page.reload();
  await expect(page.getByRole("link", { name: "Open notebook" })).toBeVisible();
  expect(servers(meridian, name)).toHaveLength(1);
  const [before] = servers(meridian, name);

  await page.request.get(`${new URL(page.url()).pathname}/open`, { maxRedirects: 0 });
  expect((await session()).phase).toBe("RUNNING");
  await meridian.killAll();
  expect(servers(meridian, name)).toHaveLength(1);
  await meridian.start();
  await until("the link answers", async () => {
    const answer = await page.request.get(`${new URL(page.url()).pathname}/open`, { maxRedirects: 0 });
    return answer.status() === 303;
  });
  expect((await session()).phase).toBe("RUNNING");
  expect(servers(meridian, name)).toEqual([before]);

  // Each of its processes alone: started again by the one that looks after them.
  for (const part of ["worker", "web", "database"] as const) {
    const pid = () => meridian.record()?.[part]?.pid;
    const killed = pid();
    meridian.kill(part);
    await until(`the ${part} is back`, () => pid() !== killed && meridian.record()?.state === "ready");
    await until("the session can be read", async () => {
      const answer = await page.request.get(api).catch(() => null);
      return answer?.ok() === true && (await answer.json()).connector === "AVAILABLE";
    });
    expect(servers(meridian, name)).toEqual([before]);
  }
});

test.describe("in a short slot", () => {
  test.use({ settings: { MERIDIAN_SLOT_MINUTES: "1", MERIDIAN_WINDOW_HOURS: "1" } });

  test("whose end comes while Meridian is dead, the notebook is released at the next start", async ({
    page,
    meridian,
    letServe,
  }) => {
    await letServe();
    await signIn(page, meridian, "alice");
    await bookNow(page);
    const api = `/api${new URL(page.url()).pathname}`;
    const session = async () => (await page.request.get(api)).json();
    await until("the link answers", async () => (await session()).connector === "AVAILABLE");
    const { name, endsAt } = await session();
    await meridian.killAll();
    await until("its slot is over", () => Date.now() >= endsAt, 200_000);
    expect(servers(meridian, name)).toHaveLength(1);
    await meridian.start();
    await until("it is released", async () => (await session()).phase === "COMPLETED");
    expect(meridian.notebooks()).toEqual([]);
  });
});
