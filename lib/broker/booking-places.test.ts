import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { bookingWindow } from "#lib/booking/slot.ts";
import { readCapacity } from "#lib/db/capacity.ts";
import { database } from "#lib/db/client.ts";
import { at, book } from "#lib/testing/book.ts";
import { makeUniverse, NOW, personOf, SLOT, slotIn } from "#lib/testing/universe.ts";
import { bookingPlaces } from "./read-calendar.ts";
import { readSlots } from "./read-slots.ts";

const inWords = async (userId: string) =>
  (await bookingPlaces(userId)).map(({ platform, project }) => [platform.name, project.id]);

test("people book on the platforms where they and a project of theirs have an account, the oldest platform first", async () => {
  const here = await makeUniverse({ people: 2 });
  const [alice, bob] = [personOf(here, 0), personOf(here, 1)];
  const there = await makeUniverse({ people: [alice] });
  expect(await inWords(alice.id)).toEqual([
    [here.platform.name, here.projectId],
    [there.platform.name, there.projectId],
  ]);
  expect(await bookingPlaces(bob.id)).toEqual([
    { platform: here.platform, project: { id: here.projectId, name: `project-${here.projectId}`, title: "A project" } },
  ]);
  // A project alone is not enough, and neither is an account.
  await database().prisma.projectMember.create({ data: { userId: bob.id, projectId: there.projectId } });
  await database().prisma.projectMember.deleteMany({ where: { userId: alice.id, projectId: here.projectId } });
  expect(await inWords(bob.id)).toEqual([[here.platform.name, here.projectId]]);
  expect(await inWords(alice.id)).toEqual([[there.platform.name, there.projectId]]);
});

test("of several projects on a platform the first by name counts, and one without an account there does not", async () => {
  const { platform, projectId, people } = await makeUniverse({ limit: { cores: 6, memoryGiB: 8, gpus: 0 } });
  const [user = { id: "" }] = people;
  const added = async (name: string, hasAccount: boolean) => {
    const id = uuidv7();
    const limits = { limitCores: 1, limitMemoryGib: 2, limitGpus: 0 };
    const accounts = hasAccount ? { create: { kind: "project", platformId: platform.id, ...limits } } : {};
    const members = { create: { userId: user.id } };
    await database().prisma.project.create({ data: { id, name: `${name}-${id}`, title: "Added", accounts, members } });
    return id;
  };
  await added("a", false);
  await added("z", true);
  expect(await inWords(user.id)).toEqual([[platform.name, projectId]]);
  const named = await bookingPlaces(user.id, `project-${projectId}`);
  expect(named.map(({ project }) => project.id)).toEqual([projectId]);
  expect(await bookingPlaces(user.id, "a project of nobody")).toEqual([]);
  const first = await added("b", true);
  expect(await inWords(user.id)).toEqual([[platform.name, first]]);
  expect((await bookingPlaces(user.id, `project-${projectId}`))[0]?.project.id).toBe(projectId);
  const [slots] = await readSlots({ userId: user.id, platform: platform.name, now: Date.now() });
  expect(slots?.capacity.slots[0]?.accounts.project.limit).toEqual({ cores: 1, memoryGiB: 2, gpus: 0 });
});

test("the windows of all places are what each of them says by itself, from the running slot on", async () => {
  const here = await makeUniverse();
  const user = personOf(here, 0);
  const there = await makeUniverse({ people: [user], slotMinutes: 30, windowHours: 3 });
  await book(here, { start: at(1), durationSlots: 2 });
  await book(here, { start: at(23) });
  await book(there, { start: at(1), durationSlots: 3 });
  for (const now of [SLOT, SLOT - 1, NOW, slotIn(1) - 1, slotIn(1), slotIn(1) + 1]) {
    const windows = await readSlots({ userId: user.id, platform: null, now });
    const alone = [here, there].map(({ platform, projectId }) =>
      readCapacity(
        { platformId: platform.id, projectId, userId: user.id },
        bookingWindow(platform, now),
        platform.slotMinutes,
      ),
    );
    expect(windows.map(({ capacity }) => capacity)).toEqual(await Promise.all(alone));
    expect(windows.map(({ capacity }) => capacity.slots.length)).toEqual([24, 6]);
    expect(windows.every(({ capacity }) => capacity.slots.some((slot) => slot.accounts.user.used.cores > 0))).toBe(
      true,
    );
  }
  const [named, ...others] = await readSlots({ userId: user.id, platform: there.platform.name, now: NOW });
  expect([named?.platform.name, others]).toEqual([there.platform.name, []]);
});
