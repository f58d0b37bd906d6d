import { checksumTypes, type StagedFile } from "#lib/booking/staged-file.ts";
import { kinds } from "../standard/kinds.ts";
import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { shown } from "../standard/shown.ts";
import { bareAddress } from "./bare-address.ts";
import { webAddress } from "./web-address.ts";

export type DataResource = NonNullable<StandardRequest["data"]>[number];
type Of<K extends DataResource["kind"]> = Extract<DataResource, { kind: K }>;

/** Where a session can fetch data, and what is known of them. */
export interface DataSource extends Pick<StagedFile, "urls" | "bytes" | "checksum"> {
  /** The best guess of the size, in bytes. */
  readonly about: number | null;
}

export type DataSourceRead =
  | { readonly ok: true; readonly value: DataSource }
  | { readonly ok: false; readonly error: Message };

const refuse = (
  template: string,
  path: string,
  values: Record<string, string> = {},
  kind: Message["kind"] = "urn:bad-value",
): DataSourceRead => ({ ok: false, error: { kind, level: "ERROR", template, values: { path, ...values } } });

const found = (urls: readonly string[], more: Partial<DataSource> = {}): DataSourceRead => ({
  ok: true,
  value: { urls, bytes: null, checksum: null, about: more.bytes ?? null, ...more },
});

/** Where the data of a resource are; or why a session cannot fetch them by http. `path` is the resource's place in the request. */
export function dataSource(data: DataResource, path: string): DataSourceRead {
  switch (data.kind) {
    case kinds.data.simple:
      return atAddress(data.location, `${path}/location`);
    case kinds.data.s3:
      return inS3(data, path);
    case kinds.data.rucio:
      return refuse(
        "{path}: this broker cannot ask a Rucio server for its replicas; name them in a SKAO data resource instead.",
        `${path}/kind`,
        {},
        "urn:not-supported",
      );
    case kinds.data.ivoa:
      return described(data.ivoa, `${path}/ivoa`);
    case kinds.data.skao:
      return inDataLake(data, path);
  }
}

function atAddress(address: string | undefined, path: string, more: Partial<DataSource> = {}): DataSourceRead {
  if (address === undefined || address.trim() === "") {
    return refuse("{path} has to say where the data can be downloaded.", path, {}, "urn:missing-required-value");
  }
  const fetched = webAddress(address);
  if (fetched !== null) return found([fetched], more);
  const template = "{path}: data are fetched from an http or https address without a password in it, not “{location}”.";
  return refuse(template, path, { location: shown(bareAddress(address)) });
}

/** Objects that everybody may read; path style, unless a template says otherwise. */
function inS3({ endpoint = "", template, bucket = "", object = "" }: Of<typeof kinds.data.s3>, path: string) {
  if (object.trim() === "") {
    const words = "{path}: a whole bucket cannot be brought to a session; name an object of it.";
    return refuse(words, `${path}/object`, {}, "urn:not-supported");
  }
  if (template === undefined && (endpoint.trim() === "" || bucket.trim() === "")) {
    const words = "{path}: an object is found by the endpoint and the bucket that it is in.";
    const missing = endpoint.trim() === "" ? "endpoint" : "bucket";
    return refuse(words, `${path}/${missing}`, {}, "urn:missing-required-value");
  }
  const pieces = {
    endpoint: endpoint.replace(/\/+$/, ""),
    bucket: encodeURIComponent(bucket),
    object: object.split("/").map(encodeURIComponent).join("/"),
  };
  const end = (template ?? "{bucket}/{object}").replace(
    /\{(endpoint|bucket|object)\}/g,
    (_, name: keyof typeof pieces) => pieces[name],
  );
  if (/[{}]/.test(end)) {
    const words =
      "{path}: a template may name the endpoint, the bucket and the object, and nothing else, not “{template}”.";
    return refuse(words, `${path}/template`, { template: shown(bareAddress(template ?? "")) });
  }
  const whole = /^https?:/i.test(end) ? end : `${pieces.endpoint}/${end.replace(/^\/+/, "")}`;
  return atAddress(whole, `${path}/${template === undefined ? "endpoint" : "template"}`);
}

type Described = Of<typeof kinds.data.ivoa>["ivoa"];

/** A row of DataLink when it is the data themselves, else what ObsCore says. */
function described({ obscore, datalink }: NonNullable<Described> = {}, path: string): DataSourceRead {
  if (datalink?.error_message !== undefined && datalink.error_message.trim() !== "") {
    const at = `${path}/datalink/error_message`;
    return refuse("{path} says that there are none: {message}", at, { message: shown(datalink.error_message) });
  }
  const isThis = datalink?.semantics === undefined || /(^|#)this$/.test(datalink.semantics.trim());
  if (datalink?.access_url !== undefined && isThis) {
    if (datalink.link_auth?.trim().toLowerCase() === "true") {
      const template = "{path} says that one has to sign in to get the data, and the session fetches them as anybody.";
      return refuse(template, `${path}/datalink/link_auth`, {}, "urn:not-supported");
    }
    return atAddress(datalink.access_url, `${path}/datalink/access_url`, { about: datalink.content_length ?? null });
  }
  if (obscore?.access_format?.includes("content=datalink")) {
    const template =
      "{path}: the address leads to a table of links, not to a file; name the row of it that is wanted in “datalink”.";
    return refuse(template, `${path}/obscore/access_format`, {}, "urn:not-supported");
  }
  const { access_estsize: kB } = obscore ?? {};
  return atAddress(obscore?.access_url, `${path}/obscore/access_url`, { about: kB === undefined ? null : kB * 1000 });
}

/** The replicas that are at an http address, in their order; else the address that the Virtual Observatory has for it. */
function inDataLake({ skao = {}, ivoa }: Of<typeof kinds.data.skao>, path: string): DataSourceRead {
  const { objecttype, datasize = null, replicas = [] } = skao;
  if (objecttype !== undefined && objecttype !== "FILE") {
    const template = "{path}: a {type} cannot be brought to a session, a FILE can.";
    return refuse(template, `${path}/skao/objecttype`, { type: objecttype }, "urn:not-supported");
  }
  if (datasize !== null && datasize < 0) {
    const template = "{path}: a file has no {size} bytes.";
    return refuse(template, `${path}/skao/datasize`, { size: String(datasize) });
  }
  const checksum = checksumOf(skao.checksum);
  if (checksum === undefined) {
    const template = "{path}: a checksum is one of {types}, in hexadecimal digits, not “{type}” with “{value}”.";
    const { type = "", value = "" } = skao.checksum ?? {};
    return refuse(template, `${path}/skao/checksum`, {
      types: checksumTypes.join(", "),
      type: shown(type),
      value: shown(value),
    });
  }
  const urls = replicas.flatMap(({ dataurl = "" }) => webAddress(dataurl) ?? []);
  const known = { checksum, ...(datasize === null ? {} : { bytes: datasize, about: datasize }) };
  if (urls.length > 0) return found(urls, known);
  if (replicas.length > 0 && ivoa === undefined) {
    const template = "{path}: none of the replicas is at an http or https address without a password in it.";
    return refuse(template, `${path}/skao/replicas`, {}, "urn:not-supported");
  }
  if (ivoa === undefined) {
    const template = "{path} has to name a replica with the address of its data.";
    return refuse(template, `${path}/skao/replicas`, {}, "urn:missing-required-value");
  }
  const source = described(ivoa, `${path}/ivoa`);
  return source.ok ? found(source.value.urls, { about: source.value.about, ...known }) : source;
}

const digits = { md5: 32, sha1: 40, sha256: 64, adler32: 8 } as const;

/** Null when there is none, undefined when it cannot be understood. */
function checksumOf(given: { type?: string | undefined; value?: string | undefined } | undefined) {
  if (given === undefined) return null;
  const type = checksumTypes.find((one) => one === given.type?.trim().toLowerCase().replace(/[-_]/g, ""));
  const value = given.value?.trim().toLowerCase() ?? "";
  return type && /^[0-9a-f]+$/.test(value) && value.length === digits[type] ? { type, value } : undefined;
}
