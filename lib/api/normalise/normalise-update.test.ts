import fc from "fast-check";
import { expect, test } from "vitest";
import { kinds } from "#lib/api/standard/kinds.ts";
import { isAcceptable } from "#lib/api/standard/message.ts";
import { normaliseUpdate } from "./normalise-update.ts";

const uuid = "0190a5a0-0000-7000-8000-00000000000a";
const accept = { kind: kinds.updates.enumValue, path: "/phase", value: "ACCEPTED" };

test("an update of version 1.0 passes without a word", () => {
  for (const update of [
    accept,
    { kind: kinds.updates.integerDelta, path: "/schedule", delta: 1, units: "hours" },
    {},
  ]) {
    expect(normaliseUpdate(update, uuid)).toEqual({ body: update, notes: [] });
  }
});

test.each([
  { update: accept },
  { offer: { status: "ACCEPTED" } },
  { offer: { ident: uuid, status: "ACCEPTED" } },
  { offer: { ident: uuid.toUpperCase(), status: "ACCEPTED" } },
  { update: { offer: { ident: uuid, status: "ACCEPTED" } } },
  { type: accept.kind, path: "/phase", value: "ACCEPTED" },
  { update: { type: "urn:enum-value-update", path: "state", value: "ACCEPTED" } },
  { ...accept, kind: "urn:enum-value-update" },
  ...["phase", "state", "/state", "status", "/status"].map((path) => ({ ...accept, path })),
])("%j accepts the offer", (update) => {
  const { body, notes } = normaliseUpdate(update, uuid);
  expect(body).toEqual(accept);
  expect(notes.length).toBeGreaterThan(0);
  expect(isAcceptable(notes)).toBe(true);
});

test.each(["string-value", "enum-value", "integer-value", "integer-delta"])("urn:%s-update is read", (name) => {
  expect(normaliseUpdate({ kind: `urn:${name}-update`, path: "/x" }, uuid)).toMatchObject({
    body: { kind: `uri:${name}-update`, path: "/x" },
    notes: [{ kind: "urn:deprecated-input", level: "INFO", values: { path: "/kind" } }],
  });
});

test("an update that names another offer is refused", () => {
  for (const ident of ["0190a5a0-0000-7000-8000-00000000000b", 5, {}]) {
    const { notes } = normaliseUpdate({ offer: { ident, status: "ACCEPTED" } }, uuid);
    expect(notes.filter(({ level }) => level === "ERROR")).toMatchObject([
      { kind: "urn:invalid-value", values: { path: "/offer/ident", uuid } },
    ]);
  }
});

test("no value makes it throw, and none is changed", () => {
  const likely = fc.record(
    {
      update: fc.anything(),
      offer: fc.record({ ident: fc.anything(), status: fc.anything() }, { requiredKeys: [] }),
      type: fc.anything(),
      kind: fc.anything(),
      path: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.anything(), likely), (body) => {
      const before = fc.stringify(body);
      normaliseUpdate(body, uuid);
      expect(fc.stringify(body)).toBe(before);
    }),
  );
});
