import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import path from "node:path";
import tls from "node:tls";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createAuthority } from "#e2e/skaha/certificate-authority.ts";
import type { StagedFile, StagingPlan } from "#lib/booking/staged-file.ts";
import { handleOf, settled } from "#lib/launch/contract.ts";
import { jupyterForTests, newMeridian, smallOrder } from "#lib/launch/local/test-machine.ts";
import { type FileServer, startFileServer } from "#lib/testing/file-server.ts";
import { until } from "#lib/until.ts";
import { readSessionAddress } from "./session-address.ts";
import { type StagingWay, stageInSession } from "./stage-in-session.ts";
import { StagingTrouble } from "./staging-trouble.ts";

/** Files that a real Jupyter on this machine fetches from a real server. */
const signal = AbortSignal.timeout(10 * 60_000);
const spectrum = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7919) % 251));
const sha256 = createHash("sha256").update(spectrum).digest("hex");
const notebook = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });
const quick: StagingWay = { stallSeconds: 1, pauses: [] };

let meridian: ReturnType<typeof newMeridian>;
let open: URL;
let server: FileServer;
/** A session of its own for each test would be slow: each has a folder of its own in the same one. */
let folder = "";
let number = 0;
beforeAll(async () => {
  meridian = newMeridian(await jupyterForTests());
  const launcher = meridian.launcher();
  const handle = handleOf(await launcher.launch(smallOrder("m-stage"), signal));
  await settled(launcher, handle);
  open = await launcher.open(handle, signal);
}, 600_000);
afterAll(() => meridian.dispose());
beforeEach(async () => {
  folder = `broker/m-${++number}`;
  server = await startFileServer({
    "/m31/spectrum.fits": spectrum,
    "/fit.ipynb": notebook,
  });
});
afterEach(() => server.close());

const file = (more: Partial<StagedFile> = {}): StagedFile => ({
  name: "spectrum",
  urls: [`${server.url}/m31/spectrum.fits`],
  path: "data/spectrum.fits",
  bytes: spectrum.length,
  checksum: { type: "sha256", value: sha256 },
  readOnly: true,
  ...more,
});
const plan = (more: Partial<StagingPlan> = {}): StagingPlan => ({
  folder,
  notebook: null,
  files: [file()],
  folders: [],
  ...more,
});
const stage = (files: readonly StagedFile[], way = quick) => stageInSession(open, plan({ files }), signal, way);
const at = (...names: string[]) => path.join(meridian.data, "homes", "ada", folder, ...names);
const jupyter = async (what: string) => {
  const { base, token } = readSessionAddress(open);
  const answer = await fetch(new URL(`api/${what}`, base), { headers: { authorization: `token ${token}` } });
  return (await answer.json()) as { id: string }[];
};
/** Nothing may be left of a file that did not come. */
const left = () => (existsSync(at("data")) ? readdirSync(at("data")) : []);

test("a notebook and data are there afterwards, where they should be, and the kernel is gone", async () => {
  const staged = await stageInSession(
    open,
    plan({
      notebook: `${server.url}/fit.ipynb?raw=1`,
      files: [file(), file({ name: "again", path: "in/deep/copy.fits", readOnly: false, bytes: null, checksum: null })],
      folders: ["out/results"],
    }),
    signal,
  );
  expect(staged).toEqual({ ok: true });
  expect(readFileSync(at("fit.ipynb"), "utf8")).toBe(notebook);
  expect(readFileSync(at("data", "spectrum.fits")).equals(spectrum)).toBe(true);
  expect(existsSync(at("out", "results"))).toBe(true);
  expect(await jupyter("kernels")).toEqual([]);
});

test("a file that does not come is named with what happened, and the kernel is gone all the same", async () => {
  expect(await stage([file({ urls: [`${server.url}/missing?token=secret`] })])).toEqual({
    ok: false,
    why: `“spectrum” could not be brought to the session: ${server.url}/missing answered 404 (Not Found).`,
  });
  expect(left()).toEqual([]);
  expect(await jupyter("kernels")).toEqual([]);
});

test("a Jupyter that does not let us in is trouble, and no fault of the files", async () => {
  const wrong = new URL(open);
  wrong.searchParams.set("token", "wrong");
  await expect(stageInSession(wrong, plan(), signal, quick)).rejects.toThrow("Its Jupyter starts no kernel (403).");
});

test("a kernel that is killed in the middle is noticed, and the next call leaves nothing of its half", async () => {
  const staging = stageInSession(
    open,
    plan({ files: [file({ urls: [`${server.url}/stuck`], bytes: null })] }),
    signal,
    {
      stallSeconds: 600,
    },
  );
  const failed = expect(staging).rejects.toThrow(StagingTrouble);
  await until("the half is there", async () => left().some((name) => name.endsWith(".part")), { withinMs: 60_000 });
  const pid = Number(/\d+/.exec(left()[0] ?? "")?.[0]);
  process.kill(pid, "SIGKILL");
  await failed;
  expect(left()).toHaveLength(1);
  expect(await stage([file()])).toMatchObject({ ok: true });
  expect(left()).toEqual(["spectrum.fits"]);
  expect(await jupyter("kernels")).toEqual([]);
});

test("a broker that dies in the middle is followed by one that waits in the same kernel", async () => {
  const dies = new AbortController();
  const urls = [`${server.url}/silent`, `${server.url}/m31/spectrum.fits`];
  const first = stageInSession(open, plan({ files: [file({ urls })] }), dies.signal, { stallSeconds: 5 });
  await until("it has begun", async () => server.asked.length === 1, { withinMs: 60_000 });
  dies.abort(new Error("killed"));
  await expect(first).rejects.toThrow("killed");
  expect(await jupyter("kernels")).toHaveLength(1);
  expect(await stage([file()])).toEqual({ ok: true });
  expect(server.asked).toEqual(["/silent", "/m31/spectrum.fits"]);
  expect(await jupyter("kernels")).toEqual([]);
});

test("a Jupyter behind https is trusted with the platform's own authority, and not without it", async () => {
  const authority = await createAuthority();
  const [from, until] = [Date.now() - 60_000, Date.now() + 3_600_000];
  const { certificate: cert, key } = await authority.issue({ name: "server", from, until, isServer: true });
  const front = tls.createServer({ cert, key }, (socket) => {
    const onward = net.connect(Number(open.port), "127.0.0.1");
    socket.on("error", () => onward.destroy());
    onward.on("error", () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  try {
    const secure = new URL(
      open.href.replace(/^http:\/\/[^/]+/, `https://127.0.0.1:${(front.address() as AddressInfo).port}`),
    );
    await expect(stageInSession(secure, plan(), signal, quick)).rejects.toThrow("fetch failed");
    const trusting = { ...quick, authorities: authority.certificate };
    expect(await stageInSession(secure, plan(), signal, trusting)).toMatchObject({ ok: true });
  } finally {
    front.close();
  }
});
