import { describe, expect, test } from "vitest";
import { kinds } from "../standard/kinds.ts";
import { inWords } from "../standard/message.ts";
import { type DataResource, dataSource } from "./data-source.ts";

const read = (data: DataResource) => dataSource(data, "/data/0");
const urlsOf = (data: DataResource) => {
  const source = read(data);
  return source.ok ? source.value.urls : inWords(source.error);
};
const why = (data: DataResource) => {
  const source = read(data);
  return source.ok ? "YES" : `${source.error.kind}: ${inWords(source.error)}`;
};
const at = "https://example.org/a.fits";

describe("a file by its address", () => {
  const simple = (location?: string) => ({ kind: kinds.data.simple, location });

  test("is fetched from there", () => {
    expect(read(simple(at))).toEqual({
      ok: true,
      value: { urls: [at], bytes: null, checksum: null, about: null },
    });
  });

  test.each([
    [undefined, "urn:missing-required-value: /data/0/location has to say where"],
    [" ", "urn:missing-required-value"],
    ["ftp://example.org/a", "urn:bad-value: /data/0/location: data are fetched from an http or https address"],
    ["ftp://example.org/a?token=secret", "not “ftp://example.org/a”"],
    ["file:///etc/passwd", "urn:bad-value"],
    ["https://me:secret@example.org/a", "urn:bad-value"],
    ["a.fits", "urn:bad-value"],
    [`https://example.org/${"a".repeat(2048)}`, "urn:bad-value"],
  ])("that is “%s” is refused", (location, words) => {
    expect(why(simple(location))).toContain(words);
    expect(why(simple(location))).not.toContain("secret");
  });
});

describe("an object in S3", () => {
  const s3 = (more: object) => ({
    kind: kinds.data.s3,
    endpoint: "https://s3.example.org/",
    bucket: "sky",
    object: "m31/a b.fits",
    ...more,
  });

  test("is at its path, or where the template says", () => {
    expect(urlsOf(s3({}))).toEqual(["https://s3.example.org/sky/m31/a%20b.fits"]);
    const template = "https://{bucket}.s3.example.org/{object}?versionId=3";
    expect(urlsOf(s3({ template }))).toEqual(["https://sky.s3.example.org/m31/a%20b.fits?versionId=3"]);
    expect(urlsOf(s3({ template: "/v1/{bucket}/{object}" }))).toEqual(["https://s3.example.org/v1/sky/m31/a%20b.fits"]);
    const whole = "{endpoint}/{bucket}/{object}";
    expect(urlsOf(s3({ template: whole }))).toEqual(["https://s3.example.org/sky/m31/a%20b.fits"]);
  });

  test.each([
    [{ object: undefined }, "urn:not-supported: /data/0/object: a whole bucket"],
    [{ object: "" }, "urn:not-supported: /data/0/object: a whole bucket"],
    [{ endpoint: undefined }, "urn:missing-required-value: /data/0/endpoint"],
    [{ bucket: undefined }, "urn:missing-required-value: /data/0/bucket"],
    [{ endpoint: "s3://sky" }, "urn:bad-value: /data/0/endpoint"],
    [{ template: "{object}", endpoint: "" }, "urn:bad-value: /data/0/template"],
    [{ template: "{bucket}/{object}?versionId={version}" }, "urn:bad-value: /data/0/template: a template may name"],
  ])("with %o is refused", (more, words) => {
    expect(why(s3(more))).toContain(words);
  });
});

test("what only a Rucio server can find is refused, with what to do", () => {
  expect(why({ kind: kinds.data.rucio, rucio: { scope: "sky", object: "a" } })).toBe(
    "urn:not-supported: /data/0/kind: this broker cannot ask a Rucio server for its replicas; name them in a SKAO data resource instead.",
  );
});

describe("data that ObsCore and DataLink describe", () => {
  const ivoa = (ivoa: object) => ({ kind: kinds.data.ivoa, ivoa });

  test("are what the link says that is the data themselves, else what ObsCore says", () => {
    const obscore = { access_url: "https://example.org/obscore", access_estsize: 12 };
    const link = { access_url: at, content_length: 34 };
    expect(read(ivoa({ obscore, datalink: link }))).toMatchObject({ value: { urls: [at], about: 34, bytes: null } });
    for (const semantics of ["#this", "http://www.ivoa.net/rdf/datalink/core#this"]) {
      expect(urlsOf(ivoa({ obscore, datalink: { ...link, semantics } }))).toEqual([at]);
    }
    const preview = { ...link, semantics: "#preview" };
    expect(read(ivoa({ obscore, datalink: preview }))).toMatchObject({
      value: { urls: ["https://example.org/obscore"], about: 12_000 },
    });
  });

  test.each([
    [{}, "urn:missing-required-value: /data/0/ivoa/obscore/access_url"],
    [{ datalink: { error_message: "NotFoundFault", access_url: at } }, "says that there are none: NotFoundFault"],
    [{ datalink: { access_url: at, semantics: "#preview" } }, "urn:missing-required-value"],
    [{ datalink: { access_url: at, link_auth: "true" } }, "urn:not-supported: /data/0/ivoa/datalink/link_auth"],
    [{ datalink: { access_url: "vos://a/b" } }, "urn:bad-value: /data/0/ivoa/datalink/access_url"],
    [
      { obscore: { access_url: at, access_format: "application/x-votable+xml;content=datalink" } },
      "urn:not-supported: /data/0/ivoa/obscore/access_format: the address leads to a table of links",
    ],
  ])("as %o are refused", (block, words) => {
    expect(why(ivoa(block))).toContain(words);
  });
});

describe("data in the data lake", () => {
  const md5 = "0123456789ABCDEF0123456789abcdef";
  const skao = (skao: object, more: object = {}) => ({ kind: kinds.data.skao, skao, ...more });
  const replicas = ["root://a/x", "https://b.example.org/x", "davs://c/x", "http://d.example.org/x"].map((dataurl) => ({
    dataurl,
  }));

  test("are at their replicas that can be fetched, in their order, of a known size and sum", () => {
    expect(read(skao({ replicas, datasize: 5, checksum: { type: "MD5", value: md5 } }))).toEqual({
      ok: true,
      value: {
        urls: ["https://b.example.org/x", "http://d.example.org/x"],
        bytes: 5,
        about: 5,
        checksum: { type: "md5", value: md5.toLowerCase() },
      },
    });
    expect(read(skao({ replicas, checksum: { type: "SHA-256", value: "a".repeat(64) } })).ok).toBe(true);
    expect(read(skao({ replicas, checksum: { type: "adler32", value: "0a0b0c0d" } })).ok).toBe(true);
  });

  test("without replicas are where their IVOA block says", () => {
    expect(read(skao({ datasize: 7 }, { ivoa: { obscore: { access_url: at, access_estsize: 1 } } }))).toMatchObject({
      value: { urls: [at], bytes: 7, about: 7 },
    });
  });

  test("are at the address that the Virtual Observatory has for them, when no replica is at one", () => {
    const replicas = [{ rsename: "AUSRC_STORM" }, { dataurl: "davs://a.example.org/x" }];
    expect(urlsOf(skao({ replicas }, { ivoa: { obscore: { access_url: at } } }))).toEqual([at]);
    expect(why(skao({ replicas }, { ivoa: { obscore: {} } }))).toContain("/data/0/ivoa/obscore/access_url");
  });

  test.each([
    [{ replicas, objecttype: "CONTAINER" }, "urn:not-supported: /data/0/skao/objecttype: a CONTAINER"],
    [{ replicas, objecttype: "DATASET" }, "urn:not-supported"],
    [{ replicas, datasize: -1 }, "urn:bad-value: /data/0/skao/datasize"],
    [{ replicas, checksum: { type: "crc32", value: "00000000" } }, "urn:bad-value: /data/0/skao/checksum"],
    [{ replicas, checksum: { type: "md5", value: "abc" } }, "urn:bad-value"],
    [{ replicas, checksum: { value: md5 } }, "urn:bad-value"],
    [{ replicas: [{ dataurl: "root://a/x" }, {}] }, "urn:not-supported: /data/0/skao/replicas: none of the replicas"],
    [{}, "urn:missing-required-value: /data/0/skao/replicas"],
  ])("as %o are refused", (block, words) => {
    expect(why(skao(block))).toContain(words);
  });
});
