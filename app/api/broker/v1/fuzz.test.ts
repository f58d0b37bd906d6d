import { beforeAll, describe, expect, test, vi } from "vitest";
import { callApi } from "#app/api/broker/testing/call-api.ts";
import { formats } from "#lib/api/media/format.ts";
import { openApiDocument } from "#lib/api/openapi/make-document.ts";
import { cancelSession } from "#lib/broker/cancel-session.ts";
import { listSessions } from "#lib/broker/read-answers.ts";
import { rejectOffers } from "#lib/broker/reject-offers.ts";
import { database } from "#lib/db/client.ts";
import { type Came, faultsOf } from "#lib/testing/fuzz/check-answer.ts";
import { KnownPlaces } from "#lib/testing/fuzz/known-places.ts";
import { requestMaker } from "#lib/testing/fuzz/make-request.ts";
import { plausibleRequest } from "#lib/testing/fuzz/plausible-request.ts";
import { inWords, type Sent } from "#lib/testing/fuzz/sent.ts";
import { written } from "#lib/testing/fuzz/write-fuzzed.ts";
import { ownDatabase } from "#lib/testing/own-database.ts";
import { Random } from "#lib/testing/random.ts";
import { tokenOf } from "#lib/testing/token-of.ts";
import { ledgerDifferences, makeUniverse, personOf, type Universe } from "#lib/testing/universe.ts";

// Read once, at the first call: this is about what is answered, not how often.
for (const kind of ["READS", "WRITES", "REFUSALS"]) process.env[`MERIDIAN_API_${kind}_PER_SECOND`] = "0";

const RUNS = Number(process.env.FUZZ_RUNS ?? 10_000);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** Longer is for ever: nothing is said here about speed. */
const HANGS_AFTER_MS = 20_000;
const RELEASE_EVERY = 50;
const MOST_FAULTS = 10;

ownDatabase();

let notebooks: Universe;
let containers: Universe;
let alice: Universe["people"][number];
let token: string;
const known = new KnownPlaces();
const troubles: unknown[] = [];

beforeAll(async () => {
  const large = { cores: 32, memoryGiB: 128, gpus: 2 };
  const caps = { limit: large, openBookings: 10_000, offerSets: 10_000 };
  notebooks = await makeUniverse({ ...caps, people: 2 });
  containers = await makeUniverse({
    ...caps,
    kind: "canfar",
    settings: { url: "http://127.0.0.1:1/" },
    people: notebooks.people,
  });
  alice = personOf(notebooks, 0);
  token = await tokenOf(alice);
  const foreign = await callApi("POST", "/requests", {
    token: await tokenOf(personOf(notebooks, 1)),
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(plausibleRequest(new Random(1), Date.now())),
  });
  known.learn(await foreign.text(), null);
  // What the API says of a 500 is in its log only.
  vi.spyOn(console, "error").mockImplementation((...said) => void troubles.push(...said));
}, 60_000);

/** Sends it and reads the whole answer; of a stream of events only the beginning. */
async function send({ method, where, headers, body }: Sent): Promise<Came> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer after ${HANGS_AFTER_MS} ms`)), HANGS_AFTER_MS);
  });
  const answer = async (): Promise<Came> => {
    const response = await callApi(method, where, { token, headers, ...(body ? { body } : {}) });
    if (response.headers.get("content-type") !== "text/event-stream")
      return { status: response.status, headers: response.headers, text: await response.text() };
    const reader = response.body?.getReader();
    const first = await reader?.read();
    await reader?.cancel();
    return { status: response.status, headers: response.headers, text: new TextDecoder().decode(first?.value) };
  };
  const began = performance.now();
  try {
    const came = await Promise.race([answer(), hangs]);
    // What does not let go of the processor does not let the timer have it either.
    if (performance.now() - began > HANGS_AFTER_MS) throw new Error("it took too long");
    return came;
  } finally {
    clearTimeout(timer);
  }
}

/** Sends it, and says what is wrong with what came. */
async function judge(sent: Sent): Promise<{ readonly came: Came | null; readonly faults: readonly string[] }> {
  troubles.length = 0;
  const came = await send(sent).catch((error: unknown) => {
    troubles.push(error);
    return null;
  });
  const trouble = troubles.map((one) => `trouble: ${one instanceof Error ? one.stack : String(one)}`);
  if (came) known.learn(came.text, came.headers.get("etag"));
  return { came, faults: [...trouble, ...(came ? faultsOf(sent, came) : [])] };
}

/** What kind of answer it was, to know that all kinds come up. */
function kindOf({ method, where }: Sent, { status, text }: Came): string {
  if (status === 303 || (status === 200 && method === "POST" && /requests?\b|offerset/.test(where))) {
    const result = /result"?(?:: ?"?|>)(YES|NO)/.exec(text)?.[1];
    return result ?? (status === 303 ? "booked" : "changed");
  }
  if (status === 200) return method === "GET" ? "read" : "changed";
  if (status === 400 && /FAILED/.test(text)) return "refused at once";
  return String(status);
}

/** Makes room again, so that there is something to say yes to. */
async function release(): Promise<void> {
  const page = { userId: alice.id, before: null, from: null, until: null, most: 1_000 };
  const open = await listSessions(page, ["OFFERED", "ACCEPTED", "WAITING", "PREPARING", "AVAILABLE"]);
  const now = Date.now();
  for (const offerSetId of new Set(open.map((session) => session.offerSetId)))
    await rejectOffers({ offerSetId, user: alice, now });
  for (const { id, phase } of open) if (phase !== "OFFERED") await cancelSession({ sessionId: id, user: alice, now });
}

/** Rows of the ledger that hold more than may be held. */
async function beyondLimits(): Promise<unknown[]> {
  const { rows } = await database().pool.query(
    `SELECT * FROM ledger WHERE used_cores > limit_cores OR used_memory_gib > limit_memory_gib OR used_gpus > limit_gpus
      OR used_cores < 0 OR used_memory_gib < 0 OR used_gpus < 0`,
  );
  return rows;
}

const differences = async () => [
  ...(await ledgerDifferences(notebooks.platform.id)),
  ...(await ledgerDifferences(containers.platform.id)),
];

describe("whatever is sent", () => {
  test(`${RUNS} requests made of the API's own description are answered as it says`, {
    timeout: 1_800_000,
  }, async () => {
    console.info(`FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS}`);
    const document = openApiDocument({ baseUrl: "http://127.0.0.1:3000/api/broker/v1", version: "0.0.0" });
    const universes = [notebooks, containers];
    const names = {
      platforms: universes.map(({ platform }) => platform.name),
      projects: universes.map(({ projectId }) => `project-${projectId}`),
    };
    const makeRequest = requestMaker(document, known, names, Date.now());
    const faults: string[] = [];
    const counts: Record<string, number> = {};
    const sentBefore: Sent[] = [];
    for (let run = 0; run < RUNS && faults.length < MOST_FAULTS; run++) {
      const random = new Random(SEED, run);
      // Some are sent again as they were: keys stand for what was asked first.
      const sent = (random.oneIn(25) && random.pick(sentBefore.slice(-20))) || makeRequest(random);
      if (sent.method === "POST") sentBefore.push(sent);
      const { came, faults: found } = await judge(sent);
      if (came) counts[kindOf(sent, came)] = (counts[kindOf(sent, came)] ?? 0) + 1;
      if (found.length > 0)
        faults.push(`${found.join("\n")}\nof ${inWords(sent)}\nagain: FUZZ_SEED=${SEED} FUZZ_RUNS=${run + 1}\n`);
      if (run % RELEASE_EVERY === RELEASE_EVERY - 1) {
        expect(await beyondLimits()).toEqual([]);
        await release();
      }
    }
    console.info(counts);
    expect(faults.join("\n")).toBe("");
    expect(await differences()).toEqual([]);
    expect(await beyondLimits()).toEqual([]);
    const share = (...kinds: string[]) => kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0) / RUNS;
    if (RUNS < 2_000) return;
    expect(share("YES")).toBeGreaterThan(0.02);
    expect(share("NO")).toBeGreaterThan(0.03);
    expect(share("booked")).toBeGreaterThan(0.01);
    expect(share("refused at once")).toBeGreaterThan(0.01);
    expect(share("changed")).toBeGreaterThan(0.01);
    expect(share("read")).toBeGreaterThan(0.1);
    expect(share("400", "403", "404", "406", "409", "413", "415", "422")).toBeGreaterThan(0.1);
    for (const kind of ["304", "400", "403", "404", "406", "409", "413", "415", "422"])
      expect(counts[kind]).toBeGreaterThan(0);
  });

  test.each(formats)("a request in %s that breaks off anywhere", { timeout: 300_000 }, async (format) => {
    const whole = written(plausibleRequest(new Random(7), Date.now()), "ExecutionRequest", format);
    const faults: string[] = [];
    for (let length = 0; length <= whole.length && faults.length < MOST_FAULTS; length++) {
      const headers = { "content-type": `application/${format}`, accept: "application/json" };
      const sent: Sent = {
        method: "POST",
        where: "/requests?platform=nowhere",
        headers,
        body: whole.slice(0, length),
        answer: "OfferSetResponse",
      };
      const { faults: found } = await judge(sent);
      if (found.length > 0) faults.push(`${found.join("\n")}\nof ${inWords(sent)}\n`);
    }
    expect(faults.join("\n")).toBe("");
  });
});
