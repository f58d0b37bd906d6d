import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { keptKey } from "./keys.ts";

test("a key is made once, is 32 bytes, and only its owner can read it", () => {
  const data = mkdtempSync(path.join(tmpdir(), "meridian-keys-"));
  try {
    const key = keptKey(data, "vault.key");
    expect(Buffer.from(key, "base64")).toHaveLength(32);
    expect(keptKey(data, "vault.key")).toBe(key);
    expect(keptKey(data, "auth.secret")).not.toBe(key);
    expect(readdirSync(data).sort()).toEqual(["auth.secret", "vault.key"]);
    expect(statSync(path.join(data, "vault.key")).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
