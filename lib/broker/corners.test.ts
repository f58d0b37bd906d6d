import { setTimeout as pause } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { database } from "#lib/db/client.ts";
import { ask, at, book, cores, firstId } from "#lib/testing/book.ts";
import { aRequest, makeUniverse, NOW, personOf, slotIn, usedBy } from "#lib/testing/universe.ts";
import { acceptOffer } from "./accept-offer.ts";
import { cancelSession } from "./cancel-session.ts";
import { joinWaitlist } from "./join-waitlist.ts";
import { moveBooking } from "./move-booking.ts";
import { repeatSession } from "./repeat-session.ts";
import { requestOffers } from "./request-offers.ts";
import { resizeSlots } from "./resize-slots.ts";

const pool = () => database().pool;
const HOUR = 3_600_000;

test("what was cancelled takes nothing of the running slot after slots became longer", async () => {
  const u = await makeUniverse();
  const { sessionId, user } = await book(u, { start: at(1), durationSlots: 4 });
  await cancelSession({ sessionId, user, now: slotIn(2) + 10 }); // at 15:00: 14 is used
  await resizeSlots({ platformName: u.platform.name, slotMinutes: 240, admin: { name: "a" }, now: slotIn(2) + 20 });
  expect(await usedBy(u, "platform")).toEqual({});
});

test("one key never stands for two offers, also on two platforms at once", async () => {
  const [u, v] = [await makeUniverse(), await makeUniverse()];
  const user = personOf(u, 0);
  await database().prisma.projectMember.create({ data: { projectId: v.projectId, userId: user.id } });
  await database().prisma.account.create({
    data: { kind: "user", platformId: v.platform.id, userId: user.id, limitCores: 8, limitMemoryGib: 32, limitGpus: 1 },
  });
  const a = firstId((await ask(u, { start: at(1) })).offers);
  const b = firstId((await ask({ ...v, people: [user] }, { start: at(5) })).offers);
  const c = await pool().connect();
  await c.query("BEGIN");
  await c.query("SELECT accept_offer($1,$2,$3,'x','the key',$4)", [a, user.id, new Date(NOW), uuidv7()]);
  const second = acceptOffer({ offerId: b, user, key: "the key", now: NOW });
  await pause(300);
  await c.query("COMMIT");
  c.release();
  expect((await second).ok).toBe(false);
});

test("settling the list finds its rows by an index", async () => {
  const c = await pool().connect();
  await c.query("BEGIN; SET LOCAL enable_seqscan = off");
  const { rows } =
    await c.query(`EXPLAIN UPDATE waitlist w SET state_since = now() WHERE w.platform_id = '${uuidv7()}' AND ((w.state = 'WAITING' AND w.until_at < now())
        OR (w.state = 'OFFERED' AND EXISTS (SELECT FROM offer_sets o WHERE o.id = w.offer_set_id AND (o.closed_at IS NOT NULL OR o.expires_at <= now()))))`);
  await c.query("ROLLBACK");
  c.release();
  expect(rows.map((r) => r["QUERY PLAN"]).join("\n")).toContain("waitlist_waiting");
});

test("a moved booking is as long as it was, also after slots became longer", async () => {
  const u = await makeUniverse({ slotMinutes: 15 });
  const { sessionId, user } = await book(u, {
    start: { kind: "window", from: slotIn(1), until: slotIn(1) },
    durationSlots: 1,
  });
  await resizeSlots({ platformName: u.platform.name, slotMinutes: 60, admin: { name: "a" }, now: NOW });
  const moved = await moveBooking({ sessionId, user, startsAt: slotIn(5), now: NOW });
  expect(moved.ok && moved.value.endsAt - moved.value.startsAt).toBe(HOUR / 4);
});

test("a repetition of a booking by the other rhythm is not silently the old one", async () => {
  const u = await makeUniverse();
  const { sessionId, user } = await book(u, { start: at(1) });
  const one = await repeatSession({ sessionId, user, every: "day", until: null, now: NOW });
  const two = await repeatSession({ sessionId, user, every: "week", until: null, now: NOW });
  expect(one.ok && two.ok && one.value.seriesId === two.value.seriesId).toBe(false);
});

test("a closed slot with a platform of 0 GPUs and refused words do not throw", async () => {
  const u = await makeUniverse({
    limit: { cores: 8, memoryGiB: 32, gpus: 0 },
    userLimit: { cores: 0, memoryGiB: 0, gpus: 0 },
  });
  const { result } = await ask(u, { start: at(1) });
  expect(result.ok).toBe(false);
  const request = aRequest({
    start: at(1),
    durationSlots: Number.MAX_SAFE_INTEGER,
    minDurationSlots: 1,
    resources: cores(Number.MAX_SAFE_INTEGER),
    minResources: cores(1),
  });
  const j = await joinWaitlist({
    request,
    platform: u.platform,
    projectId: u.projectId,
    user: personOf(u, 0),
    now: NOW,
  });
  expect(j.ok).toBe(true);
  const r = await requestOffers({
    request,
    platform: u.platform,
    projectId: u.projectId,
    user: personOf(u, 0),
    now: NOW,
  });
  expect(r.ok).toBe(false);
});

test("one wait that cannot be served does not stop everybody who asks, nor the other series", async () => {
  const u = await makeUniverse({ people: 2 });
  const { platform, projectId } = u;
  const b = await book(u, { start: at(3), resources: cores(8) }, 1);
  await joinWaitlist({ request: aRequest({ start: at(3) }), platform, projectId, user: personOf(u, 0), now: NOW });
  await pool().query("DELETE FROM accounts WHERE platform_id=$1 AND user_id=$2", [platform.id, u.people[0]?.id]);
  await cancelSession({ ...b, now: NOW });
  const asked = await ask(u, { start: at(5) }, 1).then(
    ({ result }) => result.ok,
    (e) => e.message,
  );
  await pool().query("DELETE FROM waitlist WHERE platform_id=$1", [platform.id]);
  expect(asked).toBe(true);
});
