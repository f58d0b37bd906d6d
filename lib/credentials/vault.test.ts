import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { makeVault, VaultError } from "./vault.ts";

const newKey = () => randomBytes(32).toString("base64");
const owner = { userId: "alice", credentialId: "1" };

test("what is sealed is opened by the same ring for the same owner, whatever it is", () => {
  const vault = makeVault(newKey());
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 3000 }),
      fc.string(),
      fc.string(),
      (secret, userId, credentialId) => {
        const whose = { userId, credentialId };
        expect(vault.open(vault.seal(secret, whose), whose)).toBe(secret);
      },
    ),
  );
});

test("nothing of the secret is in the seal, and the same secret is never sealed alike", () => {
  const vault = makeVault(newKey());
  const [one, two] = [vault.seal("refresh-token", owner), vault.seal("refresh-token", owner)];
  expect(one.sealed.includes("refresh")).toBe(false);
  expect(one.sealed.equals(two.sealed)).toBe(false);
});

test("a changed byte, anywhere, and a seal that is cut are refused", () => {
  const vault = makeVault(newKey());
  const { sealed, keyId } = vault.seal("a secret", owner);
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => vault.open({ sealed: changed, keyId }, owner)).toThrow(VaultError);
    expect(() => vault.open({ sealed: sealed.subarray(0, at), keyId }, owner)).toThrow(VaultError);
  }
});

test.each([
  ["another user", { userId: "bob", credentialId: "1" }],
  ["another credential of the same user", { userId: "alice", credentialId: "2" }],
  ["parts that only join to the same", { userId: "alice1", credentialId: "" }],
])("%s cannot open it", (_who, whose) => {
  const vault = makeVault(newKey());
  expect(() => vault.open(vault.seal("a secret", owner), whose)).toThrow("changed, or belongs to somebody else");
});

test("a new key in front seals, the old one still opens, and once it is taken away what it sealed stays shut", () => {
  const [old, fresh] = [newKey(), newKey()];
  const sealed = makeVault(old).seal("a secret", owner);
  const both = makeVault(`${fresh},\n${old}\n`);
  expect(both.open(sealed, owner)).toBe("a secret");
  expect(both.keyId).not.toBe(sealed.keyId);
  const anew = both.seal("a secret", owner);
  expect(makeVault(fresh).open(anew, owner)).toBe("a secret");
  expect(() => makeVault(fresh).open(sealed, owner)).toThrow(`key ${sealed.keyId} is not here`);
});

test.each([
  ["nothing", ""],
  ["a short key", randomBytes(31).toString("base64")],
  ["a long key", randomBytes(33).toString("base64")],
  ["a key of other letters", "x".repeat(44)],
  ["a good and a bad key", `${newKey()},short`],
])("%s is no ring, and the refusal does not say what was given", (_what, ring) => {
  const refused = () => makeVault(ring);
  expect(refused).toThrow(VaultError);
  if (ring) expect(refused).not.toThrow(ring);
});
