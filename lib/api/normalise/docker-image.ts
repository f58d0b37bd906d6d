import { isObject } from "../media/json-value.ts";
import type { Component } from "./component.ts";
import { leftOut, mayDiffer, type Notes, refuse, rewritten } from "./notes.ts";
import { below, change, close, type Fields, open, type Placed, take } from "./placed.ts";
import { withoutTrailingSlashes } from "./without-trailing-slashes.ts";

/**
 * The image of a container from its older shapes: its name as a string or in parts (`repository` or `repo`, `namespace`,
 * `image`, `tag` or `version`), `digest`, and `platform` as “linux/amd64” or the first of `platforms`; beside the image or in it.
 */
export function dockerImage({ path, fields }: Component, notes: Notes): void {
  const sent = fields.get("image");
  const isOpen = sent !== undefined && isObject(sent.value);
  const image = isOpen ? open(sent.value as Record<string, unknown>, sent.path) : new Map<string, Placed>();
  // A name alone is the last of the parts; it waits under the name the part has inside an image.
  if (sent !== undefined && !isOpen && typeof sent.value === "string") image.set("image", sent);
  else if (sent !== undefined && !isOpen) return;
  for (const key of ["repository", "repo", "namespace", "tag", "digest", "platform", "platforms"]) {
    const beside = take(fields, key);
    if (beside === undefined) continue;
    if (image.has(key)) mayDiffer(notes, beside.path, key, `“image/${key}” is given as well, and counts`);
    else {
      image.set(key, beside);
      if (key === "digest" || key === "platform") rewritten(notes, beside.path, key, `image/${key}`);
    }
  }
  // In an image that is named in one piece nobody knows what a version would be.
  const version =
    image.has("image") || image.has("repository") || image.has("repo") ? take(fields, "version") : undefined;
  if (version !== undefined && !image.has("version")) image.set("version", version);
  name(image, notes);
  platform(image, notes);
  if (image.size === 0 && sent === undefined) return;
  fields.set("image", { path: sent?.path ?? below(path, "image"), value: close(image) });
}

/** The name in one piece, repository/namespace/image:tag, of the parts that are there. */
function name(image: Fields, notes: Notes): void {
  const repository = take(image, "repository") ?? take(image, "repo");
  const again = take(image, "repo");
  if (again !== undefined) mayDiffer(notes, again.path, "repo", "“repository” is given as well, and counts");
  const parts = [repository, take(image, "namespace"), take(image, "image")].filter((part) => part !== undefined);
  const tag = take(image, "tag") ?? (parts.length > 0 ? take(image, "version") : undefined);
  const first = parts[0] ?? tag;
  if (first === undefined) return;
  const path = parts.map((part) => withoutTrailingSlashes(text(part, notes))).filter((part) => part !== "");
  const location = `${path.join("/")}${tag === undefined ? "" : `:${text(tag, notes)}`}`;
  if (image.has("locations")) {
    mayDiffer(notes, first.path, location, "“image/locations” is given as well, and counts");
    return;
  }
  image.set("locations", { path: first.path, value: [location] });
  const isWhole = parts.length === 1 && tag === undefined;
  rewritten(notes, first.path, isWhole ? location : "the parts of an image's name", `image/locations: [${location}]`);
}

function text({ value, path }: Placed, notes: Notes): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  refuse(notes, "urn:bad-value", { path, used: value, template: "A part of an image's name is text, not “{used}”." });
  return "";
}

function platform(image: Fields, notes: Notes): void {
  const several = take(image, "platforms");
  if (several !== undefined) {
    const [first, ...others] = Array.isArray(several.value) ? several.value : [several.value];
    if (image.has("platform")) mayDiffer(notes, several.path, "platforms", "“platform” is given as well, and counts");
    else if (first === undefined) leftOut(notes, several.path, "platforms", "it is empty");
    else {
      image.set("platform", { path: several.path, value: first });
      if (others.length === 0) rewritten(notes, several.path, "platforms", "image/platform");
      else mayDiffer(notes, several.path, "platforms", "a container has one “image/platform”, and the first counts");
    }
  }
  change(image, "platform", (sent) => {
    if (typeof sent.value !== "string") return sent.value;
    const [os = "", architecture = ""] = sent.value.split("/");
    if (os === "" || architecture === "") return sent.value;
    rewritten(notes, sent.path, sent.value, `os: ${os}, architecture: ${architecture}`);
    return { os, architecture };
  });
}
