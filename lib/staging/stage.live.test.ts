import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { StagedFile } from "#lib/booking/staged-file.ts";
import { jupyterForTests } from "#lib/launch/local/test-machine.ts";
import { type FileServer, startFileServer } from "#lib/testing/file-server.ts";

/** The program by itself, in the Python of the Jupyter that the tests have. */
const spectrum = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7919) % 251));
const digest = (type: string) => createHash(type).update(spectrum).digest("hex");
const program = readFileSync(new URL("./stage.py", import.meta.url), "utf8");

let python: string;
let server: FileServer;
let place: string;
beforeAll(async () => {
  python = path.join(path.dirname(await jupyterForTests()), "python");
}, 600_000);
beforeEach(async () => {
  place = mkdtempSync(path.join(os.tmpdir(), "meridian-stage-"));
  server = await startFileServer({
    "/m31/spectrum.fits": spectrum,
    "/other.fits": "something else",
    "/page.ipynb": "<html>Please sign in</html>",
    "/list.ipynb": '["nbformat"]',
    "/deep.ipynb": "[".repeat(1_000_000),
  });
});
afterEach(async () => {
  rmSync(place, { recursive: true, force: true });
  await server.close();
});

const file = (more: Partial<StagedFile> & { isNotebook?: true } = {}): StagedFile => ({
  name: "spectrum",
  urls: [`${server.url}/m31/spectrum.fits`],
  path: "data/spectrum.fits",
  bytes: spectrum.length,
  checksum: { type: "sha256", value: digest("sha256") },
  readOnly: true,
  ...more,
});

/** What the program says could not be brought, which is nothing when all is well. */
async function bring(
  files: readonly StagedFile[],
  { settings = "", ...more }: { folders?: string[]; pauses?: number[]; settings?: string } = {},
) {
  const plan = { folder: "broker/m-1", folders: [], files, stallSeconds: 0.5, pauses: [], ...more };
  const encoded = Buffer.from(JSON.stringify(plan)).toString("base64");
  const code = `${program}\n${settings}\nbring("${encoded}")`;
  const { stdout } = await promisify(execFile)(python, ["-I", "-c", code], { cwd: place });
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.pop()).toEqual({ done: true });
  return lines;
}
const at = (...names: string[]) => path.join(place, "broker", "m-1", ...names);
const left = () => (existsSync(at("data")) ? readdirSync(at("data")) : []);

test("files and folders are where they should be, to be read or to be written", async () => {
  const copy = file({ name: "copy", path: "in/deep/copy.fits", readOnly: false, bytes: null, checksum: null });
  expect(await bring([file(), copy], { folders: ["out/results"] })).toEqual([]);
  expect(readFileSync(at("data", "spectrum.fits")).equals(spectrum)).toBe(true);
  expect(statSync(at("data", "spectrum.fits")).mode & 0o777).toBe(0o444);
  expect(statSync(at("in", "deep", "copy.fits")).mode & 0o200).toBe(0o200);
  expect(statSync(at("out", "results")).isDirectory()).toBe(true);
});

test("what is there, whole, is not fetched again, and what was damaged is", async () => {
  const whole = file({ readOnly: false });
  await bring([whole]);
  expect(await bring([whole])).toEqual([]);
  expect(server.asked).toHaveLength(1);
  writeFileSync(at("data", "spectrum.fits"), Buffer.alloc(spectrum.length));
  expect(await bring([whole])).toEqual([]);
  expect(server.asked).toHaveLength(2);
  expect(readFileSync(at("data", "spectrum.fits")).equals(spectrum)).toBe(true);
});

test.each(["md5", "sha1", "sha256", "adler32"] as const)("a checksum of type %s is checked", async (type) => {
  const value = type === "adler32" ? adler32(spectrum) : digest(type);
  expect(await bring([file({ checksum: { type, value } })])).toEqual([]);
  const other = value.replace(/^./, (first) => (first === "0" ? "1" : "0"));
  const why = `${server.url}/m31/spectrum.fits gave something else: its ${type} is ${value}, not ${other}`;
  expect(await bring([file({ path: "data/again", checksum: { type, value: other } })])).toEqual([
    { name: "spectrum", why },
  ]);
  expect(left()).toEqual(["spectrum.fits"]);
});

test("a file that is packed itself is kept as it is, though its archive calls it encoded", async () => {
  const packed = file({
    urls: [`${server.url}/packed.fits.gz`],
    path: "data/cube.fits.gz",
    bytes: null,
    checksum: null,
  });
  expect(await bring([packed])).toEqual([]);
  expect(readFileSync(at("data", "cube.fits.gz"), "utf8")).toBe("packed");
});

test("a replica that is missing, broken or silent is passed over for the next one", async () => {
  const urls = ["/missing", "/silent", "/stuck", "/short", "/other.fits", "/m31/spectrum.fits"];
  expect(await bring([file({ urls: urls.map((one) => server.url + one) })])).toEqual([]);
  expect(server.asked).toEqual(urls);
  expect(left()).toEqual(["spectrum.fits"]);
});

test.each([
  ["/missing?token=secret", "/missing answered 404 (Not Found)"],
  ["/ftp?token=secret", "/ftp leads to an address that is neither http nor https"],
  ["/local?token=secret", "/local answered 302 and leads to no address that can be followed"],
  ["/round?token=secret", "/round answered 302 and leads to no address that can be followed"],
  ["/packed", "/packed sends it in an encoding that was not asked for"],
  ["/longest", "/longest announces a length that is none"],
  ["/silent", "/silent sent nothing for 0.5 s"],
  ["/other.fits", "/other.fits has 14 bytes, not the 3000000 that were announced"],
])("what is at %s fails with what happened", async (address, words) => {
  expect(await bring([file({ urls: [server.url + address] })])).toEqual([
    { name: "spectrum", why: server.url + words },
  ]);
  expect(left()).toEqual([]);
});

test.each([
  ["/stuck", "/stuck sent nothing for 0.5 s"],
  ["/short", "/short broke off after 11 of 1000 bytes"],
])("what breaks off at %s, whose size nobody knew, is not kept", async (address, words) => {
  expect(await bring([file({ urls: [server.url + address], bytes: null })])).toEqual([
    { name: "spectrum", why: server.url + words },
  ]);
  expect(left()).toEqual([]);
});

test.each([["file:///etc/hostname"], ["ftp://127.0.0.1/x"], ["data:,x"]])("%s is not asked", async (address) => {
  const [line] = await bring([file({ urls: [address], bytes: null, checksum: null })]);
  expect(line.why).toBe(`${address} is no http or https address`);
});

test("a file that goes on behind its size is not read to its end", async () => {
  const [line] = await bring([file({ urls: [`${server.url}/flood`], bytes: 5, checksum: null })]);
  expect(line.why).toBe(`${server.url}/flood gave more than 5 bytes`);
  expect(left()).toEqual([]);
});

test("files whose size nobody knew are brought as far as there is room for all of them", async () => {
  const unknown = { bytes: null, checksum: null };
  const files = ["a", "b"].map((name) => file({ ...unknown, name, path: `data/${name}` }));
  const flood = file({ ...unknown, name: "c", path: "data/c", urls: [`${server.url}/flood`] });
  const most = (bytes: number) => ({ settings: `MOST_BYTES = ${bytes}` });
  const url = `${server.url}/m31/spectrum.fits`;
  const why = `${url} has 3000000 bytes, and at most 2000000 are brought`;
  expect(await bring(files, most(5_000_000))).toEqual([{ name: "b", why }]);
  expect(await bring([flood], most(1000))).toMatchObject([
    { why: expect.stringContaining("gave more than 1000 bytes") },
  ]);
  const notebook = file({ ...unknown, isNotebook: true });
  expect(await bring([notebook], { settings: "MOST_NOTEBOOK_BYTES = 9" })).toMatchObject([
    { why: expect.stringContaining("at most 9 are brought") },
  ]);
});

test("the files after one that cannot be brought are not begun", async () => {
  const lines = await bring([file({ urls: [`${server.url}/missing`] }), file({ path: "data/next.fits" })]);
  expect(lines).toHaveLength(1);
  expect(server.asked).toEqual(["/missing"]);
});

test("a server that nobody runs any more is not reached", async () => {
  await server.close();
  expect(await bring([file()])).toEqual([
    { name: "spectrum", why: `${server.url}/m31/spectrum.fits cannot be reached (Connection refused)` },
  ]);
});

test.each([
  ["/größe.fits?token=secret", "/größe.fits"],
  ["/m 31.fits?token=secret", "/m 31.fits"],
  [":port/x?token=secret", ":port/x"],
  ["@[::1/x?token=secret", "@[::1/x"],
])("what cannot be asked as %s fails at once and says how it has to be, without its secrets", async (ending, shown) => {
  // One pause, far longer than a test may take: nothing is tried again.
  expect(await bring([file({ urls: [server.url + ending] })], { pauses: [600] })).toEqual([
    {
      name: "spectrum",
      why: `${server.url}${shown} is no address that can be asked: what is special in it has to be percent-encoded`,
    },
  ]);
  expect([server.asked, left()]).toEqual([[], []]);
});

test("what may work later is tried again after each pause, and what will not is not", async () => {
  const from = (address: string) => bring([file({ urls: [server.url + address] })], { pauses: [0.05, 0.05] });
  expect(await from("/busy")).toMatchObject([{ why: expect.stringContaining("answered 503 (Service Unavailable)") }]);
  await from("/missing");
  expect(server.asked).toEqual(["/busy", "/busy", "/busy", "/missing"]);
});

test.each(["page", "list", "deep"])("a %s in a notebook's place is no notebook", async (what) => {
  const page = { urls: [`${server.url}/${what}.ipynb`], path: "page.ipynb", bytes: null, checksum: null };
  const lines = await bring([file({ ...page, isNotebook: true })]);
  expect(lines).toMatchObject([{ why: expect.stringContaining("no Jupyter notebook") }]);
  expect(readdirSync(at())).toEqual([]);
});

test("a file that is larger than what is free is not begun", async () => {
  const huge = file({ urls: [`${server.url}/endless`], bytes: 9e18, checksum: null });
  expect(await bring([huge])).toMatchObject([{ why: "there is no space left for its 9000000000000000000 bytes" }]);
  expect(left()).toEqual([]);
});

test("a folder where the file should be is said, not removed", async () => {
  mkdirSync(at("data", "spectrum.fits", "x"), { recursive: true });
  expect(await bring([file()])).toMatchObject([{ why: expect.stringContaining("it cannot be written (") }]);
  expect(existsSync(at("data", "spectrum.fits", "x"))).toBe(true);
  expect(left()).toEqual(["spectrum.fits"]);
});

test("what a program that was killed had begun is removed, and what one that runs has begun is not", async () => {
  mkdirSync(at("data"), { recursive: true });
  writeFileSync(at("data", `.meridian-${process.pid}.part`), "half");
  writeFileSync(at("data", ".meridian-999999999.part"), "half");
  const others = [`.meridian-${"9".repeat(40)}.part`, ".meridian-².part"];
  for (const name of others) writeFileSync(at("data", name), "somebody else's");
  mkdirSync(at("data", ".meridian-999999998.part"));
  expect(await bring([file()])).toEqual([]);
  const stay = [`.meridian-${process.pid}.part`, ".meridian-999999998.part", "spectrum.fits", ...others];
  expect(left().sort()).toEqual(stay.sort());
});

/** RFC 1950, 8.2 */
function adler32(bytes: Buffer): string {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return (b * 65_536 + a).toString(16).padStart(8, "0");
}
