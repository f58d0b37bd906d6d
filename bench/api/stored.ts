import { mkdir } from "node:fs/promises";
import path from "node:path";
import { database } from "#lib/db/client.ts";
import { tokenOf } from "#lib/testing/token-of.ts";
import { storeHistory } from "../booking/history.ts";
import type { BenchServer } from "../booking/server.ts";
import { makeTown, type Town } from "../booking/town.ts";
import { changeOf, firstOffer, requestOf } from "./asks.ts";
import { rememberLedger } from "./give-back.ts";
import { takeTurn } from "./turn.ts";
import { startWebServer, type WebServer } from "./web-server.ts";

/** A web server whose database has that many sessions: half of them the caller's, half of 200 others. */
export interface Stored {
  readonly sessions: number;
  readonly url: string;
  readonly web: WebServer;
  /** What the caller says who they are with. */
  readonly token: string;
  readonly admin: string;
  /** The start of the slot that ran when it was stored. */
  readonly slot: number;
  /** Sessions of the caller's to look at: as many that are booked as that are over. */
  readonly open: readonly string[];
  readonly over: readonly string[];
}

/** How many of the stored sessions are booked in the window, at every size. */
const AHEAD = 200;
const LOOKED_AT = 100;
const HOUR = 3_600_000;

/** Makes the database, the people and the sessions, and starts a web server on it. */
export async function store(
  server: BenchServer,
  sessions: number,
  data: string,
  say: (line: string) => void,
): Promise<Stored> {
  const began = performance.now();
  const url = await server.makeDatabase(`api_${sessions}`, "meridian");
  await server.open(url);
  const town = await makeTown();
  const [caller, other] = town.people;
  if (!caller || !other) throw new Error("the town is empty");
  await database().prisma.user.update({ where: { id: other.id }, data: { role: "administrator" } });
  const token = await tokenOf(caller);
  const admin = await tokenOf(other);
  const folder = path.join(data, `web-${sessions}`);
  await mkdir(folder);
  const slot = Math.floor(Date.now() / HOUR) * HOUR;
  const web = await startWebServer(url, folder);
  try {
    await storeHistory(url, halfOf(town, caller), {
      sessions,
      ahead: AHEAD,
      slot,
      model: () => liveOneOut(web.address, token, slot),
    });
    await rememberLedger();
    const open = await idsOf(caller.id, "released_at IS NULL AND accepted_at IS NOT NULL");
    const over = await idsOf(caller.id, "released_at IS NOT NULL OR accepted_at IS NULL");
    say(`${sessions} sessions stored in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return { sessions, url, web, token, admin, slot, open, over };
  } catch (error) {
    await web.stop();
    throw error;
  }
}

/** Every second one of the people is the caller. */
const halfOf = ({ platform, people }: Town, caller: Town["people"][number]): Town => ({
  platform,
  people: people.map((one, place) => (place % 2 === 0 ? caller : one)),
});

/** One session that the API itself made: the model of all others. */
async function liveOneOut(address: string, token: string, slot: number): Promise<void> {
  const request = [requestOf(token, slot, 0)];
  const { kept } = await takeTurn(address, (index) => request[index], { seconds: 60, keep: firstOffer });
  for (const phase of ["ACCEPTED", "CANCELLED"]) {
    const changes = kept.map((offer) => changeOf(token, offer, phase));
    await takeTurn(address, (index) => changes[index], { seconds: 60 });
  }
}

/** Some of the sessions of that kind, from all over the time. */
async function idsOf(userId: string, where: string): Promise<string[]> {
  const { rows } = await database().pool.query<{ id: string }>(
    `SELECT id FROM sessions WHERE user_id = $1 AND (${where}) ORDER BY md5(id::text) LIMIT ${LOOKED_AT}`,
    [userId],
  );
  return rows.map(({ id }) => id);
}
