import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";

const script = path.join(import.meta.dirname, "../../../bin/race.ts");

/** Runs `npm run race -- --json …` and returns how it ended, and each line of its result by name. */
async function race(...options: string[]): Promise<{ code: number; found: Record<string, number>; told: string }> {
  const args = ["--conditions=react-server", "--import", "tsx", script, "--json", ...options];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const [output, told, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  const lines = output.split("\n").filter((line) => line !== "");
  const found = lines.map((line) => JSON.parse(line)).map(({ name, value }) => [name, value]);
  return { code, found: Object.fromEntries(found), told };
}

describe("when a crowd does everything at once, from several processes", () => {
  test("20,000 operations by 32 clients end with everything adding up", async () => {
    const { code, found, told } = await race("--operations", "20000", "--clients", "32");
    expect(code, told).toBe(0);
    expect(found.operations).toBe(20_000);
    // It was a race: people got something, were refused, and came too late.
    for (const answer of ["accept: YES", "request: NO_CAPACITY", "accept: OFFER_EXPIRED", "cancel: YES"]) {
      expect(found[answer], answer).toBeGreaterThan(50);
    }
  });

  test("a broker that checks and then inserts is found out", async () => {
    const { code, found } = await race("--naive", "--operations", "2500", "--clients", "32", "--seed", "1");
    expect(found["slots above their limit"]).toBeGreaterThan(0);
    expect(code).toBe(1);
  });

  test("options that make no sense get a sentence", async () => {
    const { code, told } = await race("--operations", "many");
    expect(told.trim()).toBe("--operations is a whole number of at least 1.");
    expect(code).toBe(2);
  });
});
