import fc from "fast-check";
import { expect, test } from "vitest";
import { fileNameOf } from "./file-name.ts";
import { bytesInWords, notebookPath, planInWords, type StagedFile, stagingPlan } from "./staged-file.ts";

const file = (bytes: number | null): StagedFile => ({
  name: "a",
  urls: ["https://example.org/a"],
  path: "data/a",
  bytes,
  checksum: null,
  readOnly: true,
});

test.each([
  ["https://example.org/m31/spectrum.fits", "spectrum.fits"],
  ["https://example.org/m31/spectrum.fits?token=x#part", "spectrum.fits"],
  ["https://example.org/a%20b%2Fc.fits", "a_b_c.fits"],
  ["https://example.org/100%.fits", "100%.fits".replace("%", "_")],
  ["https://example.org/.ssh", "ssh"],
  ["https://example.org/..%2f..%2fetc", "etc"],
  ["https://example.org/Nebel-Größe.csv", "Nebel-Größe.csv"],
  ["https://example.org/", "data"],
  ["https://example.org/folder/", "folder"],
  [`https://example.org/${"a".repeat(300)}.fits.gz`, `${"a".repeat(52)}.fits.gz`],
])("what is at %s is called %s", (address, name) => {
  expect(fileNameOf(address)).toBe(name);
});

test("whatever an address is, the name is that of one visible file", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: "binary" }), (address, more) => {
      const name = fileNameOf(`${address.split(/[?#]/)[0]}/${encodeURIComponent(more.toWellFormed())}`);
      expect(name).toMatch(/^[\p{L}\p{N}+-][\p{L}\p{N}._+-]*$/u);
      expect(Buffer.byteLength(name)).toBeLessThan(250);
    }),
  );
});

test("a notebook ends as notebooks do, so that Jupyter opens it as one", () => {
  expect(notebookPath("https://example.org/fit.ipynb?raw=true")).toBe("fit.ipynb");
  expect(notebookPath("https://example.org/show?id=1")).toBe("show.ipynb");
});

test("sizes are said as people say them", () => {
  expect([0, 999, 1000, 1234, 123_456, 1_200_000_000, 5e15].map(bytesInWords)).toEqual([
    "0 bytes",
    "999 bytes",
    "1 kB",
    "1.2 kB",
    "123 kB",
    "1.2 GB",
    "5000 TB",
  ]);
});

test("a session says what is brought to it, and with how much only when that is known of everything", () => {
  const said = (notebook: string | null, files: StagedFile[], folders: string[] = []) => {
    const plan = stagingPlan("m-1", { type: "notebook", image: null, notebook, files, folders });
    return plan && planInWords(plan);
  };
  expect(said(null, [file(1e9), file(2e8)])).toBe("2 files, 1.2 GB");
  expect(said("https://example.org/a.ipynb", [file(null)])).toBe("the notebook and 1 file");
  expect(said("https://example.org/a.ipynb", [])).toBe("the notebook");
  expect(said(null, [], ["out"])).toBe("its folders");
  expect(said(null, [])).toBeNull();
  expect(stagingPlan("m-1", { type: "notebook", image: null })).toBeNull();
});
