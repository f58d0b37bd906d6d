import { describe, expect, test } from "vitest";
import { newSecret } from "#lib/auth/token-secret.ts";
import { MOST_TOKENS } from "#lib/booking/access-token.ts";
import { database } from "#lib/db/client.ts";
import { makeUniverse, NOW, personOf } from "#lib/testing/universe.ts";
import { asOneAction } from "./as-one-action.ts";
import { makeAccessToken, type WantedToken } from "./make-access-token.ts";
import { readAccessTokens } from "./read-access-tokens.ts";
import { readProfile } from "./read-profile.ts";
import { withdrawAccessToken } from "./withdraw-access-token.ts";

const DAY = 86_400_000;

async function somebody(role: "scientist" | "administrator" = "scientist") {
  const { id, name } = personOf(await makeUniverse(), 0);
  if (role === "administrator") await database().prisma.user.update({ where: { id }, data: { role } });
  return { id, name, role };
}
type Person = Awaited<ReturnType<typeof somebody>>;

const make = (user: Person, wanted: Partial<WantedToken> = {}, now = NOW, secret = newSecret()) =>
  makeAccessToken({ user, wanted: { name: "a script", scopes: ["read"], days: 90, ...wanted }, secret, now });

async function made(...asked: Parameters<typeof make>): Promise<string> {
  const answer = await make(...asked);
  if (!answer.ok) throw new Error(answer.error.sentence);
  return answer.value.tokenId;
}
const listed = async (user: Person, now = NOW) => (await readAccessTokens({ user, now })).map(({ id }) => id);

describe("a token", () => {
  test("is listed with what its owner wrote, until it ends, the newest first", async () => {
    const user = await somebody();
    const first = await made(user, { name: "  nightly — survey 🌌 ", scopes: ["book", "read"], days: 7 });
    const second = await made(user, {}, NOW + 1000);
    expect(await readAccessTokens({ user, now: NOW + 1000 })).toMatchObject([
      { id: second },
      {
        id: first,
        name: "nightly — survey 🌌",
        scopes: ["read", "book"],
        createdAt: NOW,
        expiresAt: NOW + 7 * DAY,
        lastUsedAt: null,
      },
    ]);
    expect(await listed(user, NOW + 7 * DAY - 1)).toEqual([second, first]);
    expect(await listed(user, NOW + 7 * DAY)).toEqual([second]);
  });

  test.each([
    ["without a name", { name: "  " }],
    ["with a name of 61 characters", { name: "x".repeat(61) }],
    ["that may do nothing", { scopes: [] }],
    ["without an end", { days: Number.POSITIVE_INFINITY }],
    ["for more than a year", { days: 366 }],
    ["for no time", { days: 0 }],
    ["for half a day", { days: 0.5 }],
  ])("%s is not made", async (_, wanted) => {
    expect(await make(await somebody(), wanted)).toMatchObject({ ok: false, error: { code: "INVALID_REQUEST" } });
  });

  test("with “admin” is for administrators, and loses it with the role", async () => {
    expect(await make(await somebody(), { scopes: ["admin"] })).toMatchObject({
      ok: false,
      error: { code: "NOT_ALLOWED" },
    });
    const admin = await somebody("administrator");
    await made(admin, { scopes: ["read", "admin"] });
    expect(await readAccessTokens({ user: admin, now: NOW })).toMatchObject([{ scopes: ["read", "admin"] }]);
    const former = { ...admin, role: "scientist" } as const;
    expect(await readAccessTokens({ user: former, now: NOW })).toMatchObject([{ scopes: ["read"] }]);
  });

  test("may be named as badly as people name things", async () => {
    const user = await somebody();
    await made(user, { name: "half \ud800 and none \0" });
    expect(await readAccessTokens({ user, now: NOW })).toMatchObject([{ name: "half \ufffd and none \ufffd" }]);
  });
});

describe("a user has 20 at the most", () => {
  test("also when many are made at once", async () => {
    const user = await somebody();
    const answers = await Promise.all(Array.from({ length: MOST_TOKENS + 8 }, () => make(user)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(MOST_TOKENS);
    for (const answer of answers)
      if (!answer.ok) expect(answer.error).toMatchObject({ code: "QUOTA_REACHED", sentence: expect.any(String) });
    expect(await listed(user)).toHaveLength(MOST_TOKENS);
  });

  test("of those that work: one that has ended or was withdrawn makes room", async () => {
    const user = await somebody();
    for (let count = 0; count < MOST_TOKENS - 1; count++) await made(user);
    await made(user, { days: 1 });
    expect((await make(user, {}, NOW + DAY - 1)).ok).toBe(false);
    expect((await make(user, {}, NOW + DAY)).ok).toBe(true);
    expect((await make(user, {}, NOW + DAY)).ok).toBe(false);
    const [tokenId = ""] = await listed(user, NOW + DAY);
    await withdrawAccessToken({ tokenId, user, now: NOW + DAY });
    expect((await make(user, {}, NOW + DAY)).ok).toBe(true);
  });
});

describe("withdrawing", () => {
  test("is for its owner, once", async () => {
    const [user, other] = [await somebody(), await somebody()];
    const tokenId = await made(user);
    const no = { ok: false, error: { code: "NOT_FOUND" } };
    expect(await withdrawAccessToken({ tokenId, user: other, now: NOW })).toMatchObject(no);
    expect(await listed(user)).toEqual([tokenId]);
    expect((await withdrawAccessToken({ tokenId, user, now: NOW })).ok).toBe(true);
    expect(await listed(user)).toEqual([]);
    expect(await withdrawAccessToken({ tokenId, user, now: NOW })).toMatchObject(no);
  });

  test("and making stand in the audit, with who did it, what it may do, and none of their words", async () => {
    const user = await somebody();
    const secret = newSecret();
    const tokenId = await asOneAction(() => made(user, { name: "my own words" }, NOW, secret));
    await withdrawAccessToken({ tokenId, user, by: { name: "the operator" }, now: NOW + 1000 });
    const events = await database().prisma.auditEvent.findMany({
      where: { subjectId: tokenId },
      orderBy: { id: "asc" },
    });
    expect(events).toMatchObject([
      {
        event: "MADE",
        actor: user.name,
        at: new Date(NOW),
        subjectKind: "access token",
        after: { userId: user.id, scopes: ["read"] },
      },
      { event: "WITHDRAWN", actor: "the operator", at: new Date(NOW + 1000) },
    ]);
    expect(JSON.stringify(events.map(({ after }) => after))).not.toMatch(/my own words|hash|hint/);
  });
});

test("the secret of a token is nowhere in the database", async () => {
  const user = await somebody();
  const { secret, ...kept } = newSecret();
  await made(user, {}, NOW, { secret, ...kept });
  const { rows: tables } = await database().pool.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
  );
  const found = async (text: string) => {
    const where = [];
    for (const { name } of tables) {
      const { rowCount } = await database().pool.query(
        `SELECT FROM ${name} t WHERE position($1 in t::text) > 0 OR position($2 in t::text) > 0`,
        [text, Buffer.from(text).toString("hex")],
      );
      if (rowCount) where.push(name);
    }
    return where;
  };
  expect(await found(secret)).toEqual([]);
  expect(await found(secret.slice(4, -6))).toEqual([]);
  // The search does find what is there.
  expect(await found(user.id)).toContain("public.access_tokens");
});

test("somebody sees their projects and tokens", async () => {
  const user = await somebody();
  const tokenId = await made(user);
  expect(await readProfile({ user, now: NOW })).toMatchObject({
    projects: [{ title: "A project" }],
    tokens: [{ id: tokenId }],
  });
});
