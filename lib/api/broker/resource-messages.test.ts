import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Executable } from "#lib/booking/executable.ts";
import { kinds } from "../standard/kinds.ts";
import { inWords, isAcceptable } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { broughtTo } from "./resource-messages.ts";

type Volume = NonNullable<NonNullable<StandardRequest["compute"]>["volumes"]>[number];
const notebook: Executable = { type: "notebook", image: null };
const data = (name: string, location = `https://example.org/${name}.fits`, more: object = {}) => ({
  kind: kinds.data.simple,
  meta: { name },
  location,
  ...more,
});
const storage = (name: string, more: object = {}) => ({ kind: kinds.storage.simple, meta: { name }, ...more });
const volume = (resource: string, more: Partial<Volume> = {}) => ({ kind: kinds.volume.simple, resource, ...more });
const request = (one: {
  data?: StandardRequest["data"];
  storage?: StandardRequest["storage"];
  volumes?: Volume[];
}): StandardRequest => ({
  ...(one.data && { data: one.data }),
  ...(one.storage && { storage: one.storage }),
  compute: { kind: kinds.compute.simple, ...(one.volumes && { volumes: one.volumes }) },
});
const brought = (
  asked: Parameters<typeof request>[0],
  { executable = notebook, settings = {} }: { executable?: Executable; settings?: object } = {},
) =>
  broughtTo(request(asked), executable, { title: "this machine", settings, launchSeconds: 600, prepareSeconds: 120 });
const pathsOf = (asked: Parameters<typeof request>[0], executable = notebook) =>
  brought(asked, { executable }).files.map(({ path, readOnly }) => `${path} ${readOnly ? "r" : "rw"}`);
const said = (...all: Parameters<typeof brought>) =>
  brought(...all).messages.map((one) => `${one.level} ${one.kind} ${inWords(one)}`);

describe("data of a notebook", () => {
  test("lie in “data” when nothing mounts them, and that is said", () => {
    expect(brought({ data: [data("m31")] })).toEqual({
      files: [
        {
          name: "m31",
          urls: ["https://example.org/m31.fits"],
          path: "data/m31.fits",
          bytes: null,
          checksum: null,
          readOnly: true,
        },
      ],
      folders: [],
      messages: [expect.objectContaining({ level: "INFO" })],
    });
  });

  test("lie in the folder of the volume that mounts them, to be written only where that is asked for", () => {
    const all = [data("a"), data("b"), data("c")];
    const volumes = [
      volume("a", { path: "./in//a/" }),
      volume("b", { path: "b", mode: "READWRITE" }),
      volume("c", { path: ".", mode: "READONLY" }),
    ];
    expect(pathsOf({ data: all, volumes })).toEqual(["in/a/a.fits r", "b/b.fits rw", "c.fits r"]);
    expect(brought({ data: all, volumes }).folders).toEqual(["in/a", "b"]);
    expect(said({ data: all, volumes })).toEqual([]);
  });

  test("lie in the folder of their storage, whichever of the two names the other", () => {
    const volumes = [volume("store", { path: "store", mode: "READWRITE" })];
    expect(pathsOf({ data: [data("a")], storage: [storage("store", { data: ["a"] })], volumes })).toEqual([
      "store/a.fits rw",
    ]);
    const named = data("a", undefined, { storage: "store" });
    expect(pathsOf({ data: [named], storage: [storage("store", { data: ["a"] })], volumes })).toEqual([
      "store/a.fits rw",
    ]);
    expect(pathsOf({ data: [named], storage: [storage("store")], volumes: [...volumes, volume("a")] })).toEqual([
      "data/a.fits r",
      "store/a.fits rw",
    ]);
  });

  test("of the same name do not hide each other, nor the notebook, nor a folder", () => {
    const same = (name: string) => data(name, `https://${name}.example.org/Fit.tar.gz`);
    expect(pathsOf({ data: [same("a"), same("b"), same("c")] })).toEqual([
      "data/Fit.tar.gz r",
      "data/Fit-2.tar.gz r",
      "data/Fit-3.tar.gz r",
    ]);
    const beside = { data: [data("a", "https://example.org/fit.ipynb")], volumes: [volume("a", { path: "" })] };
    const withNotebook = { ...notebook, notebook: "https://example.org/Fit.ipynb" };
    expect(pathsOf(beside, withNotebook)).toEqual(["fit-2.ipynb r"]);
    const volumes = [volume("a", { path: "." }), volume("s", { path: "x/y" })];
    expect(pathsOf({ data: [data("a", "https://example.org/x")], storage: [storage("s")], volumes })).toEqual([
      "x-2 r",
    ]);
  });

  test("have paths of their own, below the session's folder, whatever is asked for", () => {
    const piece = fc.constantFrom("a", "A", "b", "data", ".", "a.fits", "", "..", "/a");
    const one = fc.record({ name: fc.constantFrom("a.fits", "A.fits", "data", "b", ""), path: fc.array(piece) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), (all) => {
        const { files, folders, messages } = brought({
          data: all.map(({ name }, index) => data(`d${index}`, `https://example.org/${name}`)),
          volumes: all.map(({ path }, index) => volume(`d${index}`, { path: path.join("/") })),
        });
        if (!isAcceptable(messages)) return;
        const paths = files.map(({ path }) => path.toLowerCase());
        expect(new Set(paths).size).toBe(all.length);
        for (const path of paths) {
          expect(path).toMatch(/^[^/]+(\/[^/]+)*$/);
          expect(path.split("/")).not.toContain("..");
          expect([...paths, ...folders].some((other) => other.toLowerCase().startsWith(`${path}/`))).toBe(false);
          expect(folders.map((folder) => folder.toLowerCase())).not.toContain(path);
        }
      }),
    );
  });
});

test("a storage that is mounted is a folder, although nothing is in it", () => {
  const out = { storage: [storage("out")], volumes: [volume("out", { path: "out", mode: "READWRITE" })] };
  expect(brought(out)).toEqual({ files: [], folders: ["out"], messages: [] });
});

test("a storage is as big as the data that it keeps, and that is said where less was asked for", () => {
  const two = {
    kind: kinds.data.skao,
    storage: "s",
    skao: { datasize: 1.5 * 1024 ** 3, replicas: [{ dataurl: "https://example.org/a" }] },
  };
  const of = (size: object) => said({ data: [two], storage: [storage("s", { size })], volumes: [volume("s")] });
  expect(of({ min: 1, max: 2 })).toEqual([
    "INFO urn:default-used The data kept in it take more than /storage/0/size/min, so it is 2 GiB.",
  ]);
  expect(of({ min: 2 })).toEqual([]);
  expect(of({ min: 1, max: 1 })).toEqual([expect.stringMatching(/^ERROR urn:resource-limit /)]);
});

describe("a NO", () => {
  test.each([
    ["/in", "“/in” is an absolute path, and a session has a folder of its own only; name one below it, as “in”."],
    ["../in", "“../in” leads out of the session's folder."],
    ["a/../../b", "leads out of the session's folder"],
    ["a\\b", "is no path that every platform can make"],
    ["a\u0000b", "is no path that every platform can make"],
    ["目".repeat(81), "is no path that every platform can make"],
    ["in/.Meridian-1.part", "is no path that every platform can make"],
    ["a".repeat(200), "is no path that every platform can make"],
  ])("to a volume at “%s”", (path, words) => {
    const messages = said({ data: [data("a")], volumes: [volume("a", { path })] });
    expect(messages).toContainEqual(expect.stringMatching(/^ERROR .*\/compute\/volumes\/0\/path/));
    expect(messages.join()).toContain(words);
  });

  test("to mounting a thing twice, and to a volume where the notebook is", () => {
    expect(
      said({ storage: [storage("s")], volumes: [volume("s", { path: "a" }), volume("s", { path: "b" })] }),
    ).toEqual([
      "ERROR urn:duplicate-resource /compute/volumes/1/resource: “s” is mounted already, and is found in one place only.",
    ]);
    const executable = { ...notebook, notebook: "https://example.org/fit.ipynb" };
    expect(said({ storage: [storage("s")], volumes: [volume("s", { path: "FIT.ipynb/x" })] }, { executable })).toEqual([
      "ERROR urn:bad-value /compute/volumes: a volume cannot be at “fit.ipynb”, as the notebook is there.",
    ]);
  });

  test("to more storage than the platform keeps", () => {
    const two = { storage: [storage("a", { size: { min: 60 } }), storage("b", { size: { min: 41 } })] };
    expect(said(two)).toEqual([
      "ERROR urn:resource-limit this machine keeps 100 GiB for a session, and with /storage/1/size/min there would be 101 GiB.",
    ]);
    expect(said(two, { settings: { storageGiB: 101 } })).toEqual([]);
    expect(said({ storage: [storage("a", { size: { min: 5 } })] }, { settings: { storageGiB: 4 } })).toHaveLength(1);
    expect(said({ storage: [storage("a", { size: { min: 5, max: 4 } })] })).toEqual([
      "ERROR urn:invalid-value /storage/0/size: the least, 5, is more than the most, 4.",
    ]);
  });

  test("to more data than the storage may have, or the platform keeps", () => {
    const lake = (datasize: number) => ({
      kind: kinds.data.skao,
      storage: "s",
      skao: { datasize, replicas: [{ dataurl: "https://example.org/a" }] },
    });
    const of = (datasize: number) => ({
      data: [lake(datasize), lake(datasize)],
      storage: [storage("s", { size: { max: 2 } })],
      volumes: [volume("s")],
    });
    expect(said(of(1024 ** 3))).toEqual([]);
    expect(said(of(1024 ** 3 + 1))).toEqual([
      "ERROR urn:resource-limit The data kept in it take 2.1 GiB, which is more than /storage/0/size/max allows.",
    ]);
    const large = { data: [{ ...lake(101 * 1024 ** 3), storage: undefined }] };
    expect(said(large, { settings: { fetchMBps: 1000 } }).at(-1)).toBe(
      "ERROR urn:resource-limit this machine keeps 100 GiB for a session, and with the data (/data) it would be more.",
    );
  });

  test.each([0, -5])("to storage of %d GiB, which cannot make room for more elsewhere", (min) => {
    const all = [storage("a", { size: { min } }), storage("b", { size: { min: 101 } })];
    expect(said({ storage: all })).toEqual([
      `ERROR urn:invalid-value /storage/0/size/min is ${min}; it must be at least 1.`,
      "ERROR urn:resource-limit this machine keeps 100 GiB for a session, and with /storage/1/size/min there would be 102 GiB.",
    ]);
    expect(said({ storage: [storage("a", { size: { max: min } })] })).toHaveLength(1);
  });

  test("to data that cannot be there when the session has to be ready, as far as their size is known", () => {
    const lake = (datasize: number) => ({
      kind: kinds.data.skao,
      skao: { datasize, replicas: [{ dataurl: "https://example.org/a" }] },
    });
    // Of ten minutes the launch itself may take two.
    const of = (seconds: number, settings: object = {}) =>
      said({ data: [lake(seconds * 50e6)], volumes: [volume("a")] }, { settings }).filter((one) =>
        one.includes("fetch"),
      );
    expect(of(480)).toEqual([]);
    expect(of(481)).toEqual([
      "ERROR urn:resource-limit this machine has PT8M until a session has to be ready, and to fetch the data (/data) it would take PT8M1S.",
    ]);
    expect(of(481, { fetchMBps: 51 })).toEqual([]);
    expect(of(480, { fetchMBps: 49 })).toHaveLength(1);
    expect(of(0)).toEqual([]);
  });

  test("to more storage of no size than the platform keeps", () => {
    const all = { storage: [storage("a"), storage("b")] };
    expect(said(all, { settings: { storageGiB: 1 } })).toHaveLength(1);
    expect(said(all, { settings: { storageGiB: 2 } })).toEqual([]);
  });

  test("to one thing mounted by its name and by its uuid", () => {
    const uuid = "0199c0de-0000-7000-8000-00000000000a";
    const one = { ...data("a"), meta: { name: "a", uuid } };
    expect(
      said({ data: [one], volumes: [volume("a", { path: "x" }), volume(uuid.toUpperCase(), { path: "y" })] }),
    ).toEqual([expect.stringMatching(/^ERROR urn:duplicate-resource \/compute\/volumes\/1\/resource/)]);
  });

  test("to everything, for what has no Jupyter", () => {
    const asked = { data: [data("a")], storage: [storage("s")], volumes: [volume("a")] };
    for (const type of ["headless", "carta", "desktop"] as const) {
      const { files, folders, messages } = brought(asked, { executable: { type, image: "x" } });
      expect([files, folders]).toEqual([[], []]);
      expect(messages.map(({ level, kind, values }) => `${level} ${kind} ${values.path}`)).toEqual([
        "ERROR urn:not-supported /data/0",
        "ERROR urn:not-supported /storage/0",
        "ERROR urn:not-supported /compute/volumes/0",
      ]);
    }
  });
});
