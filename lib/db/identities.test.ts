import { v7 as uuidv7 } from "uuid";
import { describe, expect, test } from "vitest";
import { database } from "#lib/db/client.ts";
import { makeUniverse, NOW } from "#lib/testing/universe.ts";
import { type Identity, knowIdentity, type NewcomersPlace, nameFrom } from "./identities.ts";

const someone = (more: Partial<Identity> = {}): Identity => {
  const subject = uuidv7();
  return { provider: "sky", subject, name: `ada-${subject.slice(-8)}`, displayName: "Ada", ...more };
};
const know = (identity: Identity, signedInAs: string | null = null, places: readonly NewcomersPlace[] = []) =>
  knowIdentity(identity, { signedInAs, places }, { who: "meridian", now: NOW });
async function known(...asked: Parameters<typeof know>) {
  const answer = await know(...asked);
  if (!answer.ok) throw new Error(answer.why);
  return answer;
}

describe("who signs in with a provider", () => {
  test("is somebody new the first time, and the same one ever after, whatever they are called by then", async () => {
    const identity = someone();
    const first = await known(identity);
    expect(first.name).toBe(identity.name);
    expect(await known({ ...identity, name: "somebody-else" })).toEqual(first);
  });

  test("is made once, when it happens twice at once", async () => {
    const identity = someone();
    const all = await Promise.all(Array.from({ length: 8 }, () => known(identity)));
    expect(new Set(all.map(({ userId }) => userId)).size).toBe(1);
  });

  test("gets a name of their own when theirs is taken, as by a person of another provider", async () => {
    const identity = someone();
    const first = await known(identity);
    const other = await known({ ...identity, provider: "sea" });
    expect(other.userId).not.toBe(first.userId);
    expect(other.name).toBe(`${identity.name}-2`);
  });

  test("adds it to who they are when they are signed in; nobody else can, and no second one of the provider", async () => {
    const person = await known(someone());
    const stranger = await known(someone());
    const added = someone({ provider: "sea" });
    expect(await known(added, person.userId)).toMatchObject({ userId: person.userId });
    expect(await know(added, stranger.userId)).toEqual({ ok: false, why: "belongs to somebody else" });
    expect(await know(someone({ provider: "sea" }), person.userId)).toEqual({
      ok: false,
      why: "known by another name there",
    });
    expect(await known(added)).toMatchObject({ userId: person.userId });
  });

  test("has their place once: whoever was taken out of it does not come back by signing in", async () => {
    const { platform, projectId } = await makeUniverse();
    const limit = { cores: 4, memoryGiB: 16, gpus: 0 };
    const places = [{ platformId: platform.id, projectId, limit, openBookings: 5 }];
    const identity = someone();
    const { userId } = await known(identity, null, places);
    const members = () => database().prisma.projectMember.count({ where: { userId, projectId } });
    expect(await members()).toBe(1);
    expect(await database().prisma.account.findMany({ where: { userId } })).toMatchObject([
      { limitCores: 4, limitMemoryGib: 16, limitGpus: 0, limitOpenBookings: 5 },
    ]);
    await known(identity, null, places);
    await database().prisma.projectMember.deleteMany({ where: { userId } });
    await known(identity, null, places);
    expect(await members()).toBe(0);
  });
});

test.each([
  ["Ada.Lovelace", "ada.lovelace"],
  ["ada@example.org", "ada"],
  ["Adá Löve/lace", "ada-love-lace"],
  ["../../etc", "etc"],
  ["", "person"],
  ["@@", "person"],
  ["meridian", "meridian-user"],
  ["Admin", "admin-user"],
  ["x".repeat(80), "x".repeat(32)],
])("%j can be a folder's name as %j", (text, name) => {
  expect(nameFrom(text)).toBe(name);
});
