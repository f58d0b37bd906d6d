import { randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/** A hash to store: `scrypt$salt$key`, both in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, 32);
  return `scrypt$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

/** Whether the password is the one that was hashed; takes as long for a wrong one, and for a hash that is none. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, salt = "", key = ""] = (hash ?? "").split("$");
  const expected = Buffer.from(key, "base64url");
  const given = await derive(password, Buffer.from(salt, "base64url"), 32);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

const first = [
  "amber",
  "brisk",
  "calm",
  "dusky",
  "early",
  "faint",
  "gentle",
  "hazel",
  "ivory",
  "lunar",
  "misty",
  "noble",
];
const second = [
  "comet",
  "dome",
  "ecliptic",
  "flare",
  "galaxy",
  "halo",
  "meteor",
  "nebula",
  "orbit",
  "parsec",
  "quasar",
  "zenith",
];

/** A password one can read from a terminal and type: two words and five digits, about 24 bits; for loopback only. */
export function demoPassword(): string {
  const pick = (words: readonly string[]) => words[randomInt(words.length)];
  return `${pick(first)}-${pick(second)}-${String(randomInt(100_000)).padStart(5, "0")}`;
}
