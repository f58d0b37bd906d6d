import { kinds } from "#lib/api/standard/kinds.ts";
import type { Message } from "#lib/api/standard/message.ts";
import { isObject } from "../media/json-value.ts";
import { lift, move } from "./component.ts";
import { copyOf } from "./copy-of.ts";
import { type Notes, refuse, rewritten } from "./notes.ts";
import { change, close, type Fields, open, take } from "./placed.ts";

const olderKind = /^urn:((string|enum|integer)-value|integer-delta)-update$/;
const phasePaths: ReadonlySet<unknown> = new Set(["phase", "state", "/state", "status", "/status"]);

/**
 * An update of any age to the session `uuid` in the shape of version 1.0, and what was rewritten on the way. An update of
 * version 1.0 comes back as it is, without notes. Takes any value, throws for none and changes none. An offer's own
 * `ident` that is another than `uuid` is a note of level ERROR. Source: 6.1 of the contract.
 */
export function normaliseUpdate(body: unknown, uuid: string): { body: unknown; notes: Message[] } {
  const notes: Notes = [];
  const copy = copyOf(body, notes);
  if (!isObject(copy)) return { body: copy, notes };
  const fields = open(copy, "");
  lift(fields, "update", notes);
  readOffer(fields, uuid, notes);
  if (!fields.has("kind")) move(fields, "type", "kind", notes);
  change(fields, "kind", ({ value, path }) => {
    if (typeof value !== "string" || !olderKind.test(value)) return value;
    const now = value.replace("urn:", "uri:");
    rewritten(notes, path, value, now);
    return now;
  });
  change(fields, "path", ({ value, path }) => {
    if (!phasePaths.has(value)) return value;
    rewritten(notes, path, value, "/phase");
    return "/phase";
  });
  return { body: close(fields), notes };
}

/** `offer: {ident, status}` once accepted or rejected an offer. */
function readOffer(fields: Fields, uuid: string, notes: Notes): void {
  const sent = fields.get("offer");
  if (sent === undefined || !isObject(sent.value) || !Object.hasOwn(sent.value, "status") || fields.has("kind")) return;
  const offer = open(sent.value, sent.path);
  const ident = offer.get("ident");
  const isSame = typeof ident?.value === "string" && ident.value.toLowerCase() === uuid.toLowerCase();
  if (ident !== undefined && !isSame) {
    const template = "The update names the offer “{used}”, but it was sent to the session {uuid}.";
    refuse(notes, "urn:invalid-value", { path: ident.path, used: ident.value, template, more: { uuid } });
  }
  const status = take(offer, "status");
  fields.delete("offer");
  fields.set("kind", { value: kinds.updates.enumValue, path: sent.path });
  fields.set("path", { value: "/phase", path: sent.path });
  if (status !== undefined) fields.set("value", status);
  rewritten(notes, sent.path, "offer", `${kinds.updates.enumValue} of /phase`);
}
