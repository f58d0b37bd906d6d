import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { reseal, sealedByKey } from "#lib/credentials/reseal.ts";
import { keyIdsOf } from "#lib/credentials/vault.ts";
import { vaultFile, vaultHere } from "#lib/credentials/vault-here.ts";
import { readEnvironment } from "#lib/env.ts";
import { Trouble } from "../trouble.ts";
import type { Command } from "./command.ts";

/** `meridian vault [--rotate | --reseal | --forget]` */
export const vault: Command = {
  name: "vault",
  summary: "says which keys seal what users delegated, and changes them",
  help: `npm run -s meridian -- vault [--rotate | --reseal | --forget] [--json]

What users delegated is sealed with the first key of a ring; the others only open. The ring is in MERIDIAN_DATA/vault.key, or
in MERIDIAN_VAULT_KEY: base64 keys of 32 bytes, separated by white space or commas. Meridian may run meanwhile.

  --rotate   puts a new key in front of the file and seals everything anew with it. The old key stays behind it.
  --reseal   the same for a key that you put in front of MERIDIAN_VAULT_KEY yourself, after Meridian was started with it.
  --forget   takes keys out of the file that seal nothing any more. Wait a minute after --rotate.
  --json     {"keys":[{"id","seals","sealed"}],"resealed","unopened"}

Exits 1 when something could not be opened: then its key is missing.`,
  options: {
    rotate: { type: "boolean" },
    reseal: { type: "boolean" },
    forget: { type: "boolean" },
    json: { type: "boolean" },
  },
  async run({ rotate, reseal: anew, forget, json }) {
    if ([rotate, anew, forget].filter(Boolean).length > 1) throw new Trouble("One of --rotate, --reseal and --forget.");
    if ((rotate || forget) && process.env.MERIDIAN_VAULT_KEY) {
      throw new Trouble("The ring is in MERIDIAN_VAULT_KEY: change it there, start Meridian with it, then --reseal.");
    }
    if (rotate) writeRing([randomBytes(32).toString("base64"), ...readRing()]);
    const { resealed, unopened } = rotate || anew ? await reseal() : { resealed: 0, unopened: [] };
    const sealed = await sealedByKey();
    if (forget) writeRing(readRing().filter((key, at) => at === 0 || (sealed.get(keyIdsOf(key)[0] ?? "") ?? 0) > 0));
    const ids = keyIdsOf(process.env.MERIDIAN_VAULT_KEY || readRing().join("\n"));
    const keys = ids.map((id, at) => ({ id, seals: at === 0, sealed: sealed.get(id) ?? 0 }));
    const missing = [...sealed.keys()].filter((id) => !ids.includes(id));
    if (json) console.log(JSON.stringify({ keys, resealed, unopened }));
    else {
      for (const key of keys)
        console.log(`key ${key.id}: ${key.seals ? "seals" : "opens"}, ${key.sealed} sealed with it`);
      for (const id of missing) console.log(`key ${id} is not here: ${sealed.get(id)} sealed with it cannot be opened`);
      if (rotate || anew) console.log(`${resealed} sealed anew with ${vaultHere().keyId}.`);
      for (const one of unopened) console.error(one);
    }
    return unopened.length + missing.length === 0 ? 0 : 1;
  },
};

const file = () => vaultFile(readEnvironment().MERIDIAN_DATA);

function readRing(): string[] {
  try {
    return readFileSync(file(), "utf8")
      .split(/[\s,]+/)
      .filter(Boolean);
  } catch (error) {
    throw new Trouble(`${file()} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** Replaced in one step: nobody ever reads half a ring. */
function writeRing(keys: readonly string[]): void {
  const beside = `${file()}.${process.pid}`;
  writeFileSync(beside, `${keys.join("\n")}\n`, { mode: 0o600 });
  renameSync(beside, file());
}
