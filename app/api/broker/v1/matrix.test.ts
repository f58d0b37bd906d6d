import path from "node:path";
import { pathToFileURL } from "node:url";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, test } from "vitest";
import { callApi, routes } from "#app/api/broker/testing/call-api.ts";
import { kinds } from "#lib/api/standard/kinds.ts";
import type { ScheduledSession } from "#lib/api/standard/sessions.ts";
import { hashOf } from "#lib/auth/token-secret.ts";
import { withdrawAccessToken } from "#lib/broker/withdraw-access-token.ts";
import { database } from "#lib/db/client.ts";
import { ownDatabase } from "#lib/testing/own-database.ts";
import { tokenOf } from "#lib/testing/token-of.ts";
import { makeUniverse, personOf, type Universe } from "#lib/testing/universe.ts";

// Read once, at the first call: this is about who may, not how often.
for (const kind of ["READS", "WRITES", "REFUSALS"]) process.env[`MERIDIAN_API_${kind}_PER_SECOND`] = "0";

ownDatabase();

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];

/** Everybody who calls: Alice, whose session it is, with all she may allow and with less; others; and those nobody knows. */
const callers = [
  ...["alice", "alice who may only read", "alice who may only book"],
  ...["bob of another project", "carol of alice's project", "admin", "admin without the scope"],
  ...[
    "anonymous",
    "a withdrawn token",
    "an expired token",
    "a malformed token",
    "a token of nobody",
    "a name and password",
  ],
] as const;
type CallerName = (typeof callers)[number];

type Row = readonly [
  alice: number,
  reads: number,
  books: number,
  bob: number,
  carol: number,
  admin: number,
  plain: number,
];

// The first three are Alice with everything, with `read` alone and with `book` alone. Whom we do not know gets 401 in each row.
/** Something of the caller's own, or nothing of anybody's. */
const ownRead: Row = [200, 200, 403, 200, 200, 200, 200];
/** Something new for whoever asks. */
const ownWrite: Row = [303, 403, 303, 303, 303, 303, 303];
/** Something of Alice's. */
const hersRead: Row = [200, 200, 403, 403, 403, 200, 403];
const hersChanged: Row = [200, 403, 200, 403, 403, 403, 403];
const hersChangedAsOnce: Row = [303, 403, 303, 403, 403, 403, 403];
/** Everybody's, when it is asked for. */
const everybodys: Row = [403, 403, 403, 403, 403, 200, 403];

/** The same for anybody, also without a token. */
type Anybody = 200 | 404 | 405;

interface Cell {
  readonly may: Row | Anybody;
  /** The address to call; left out: the route's own. */
  readonly where?: () => string;
  readonly body?: () => string;
  readonly type?: string;
}

let session: ScheduledSession;
let offerSet: string;
const tokens = new Map<CallerName, string>();

/** The way into what runs. */
const link = () => `/sessions/${sessionId()}/open`;
const sessionId = () => session.meta?.uuid ?? "";
const ask = () => JSON.stringify({ executable: { kind: kinds.executable.jupyterNotebook } });
// What has taken effect already is a yes each time, so the order of the callers does not matter.
const accept = () => JSON.stringify({ kind: kinds.updates.enumValue, path: "/phase", value: "ACCEPTED" });

/** What each address answers to whom, method by method. A method that is not named is 405, whoever asks. */
const matrix: Readonly<Record<string, Partial<Record<Method, readonly Cell[]>>>> = {
  requests: { POST: [{ may: ownWrite, body: ask }] },
  direct: { POST: [{ may: ownWrite, body: ask }] },
  offersets: {
    GET: [{ may: ownRead }, { may: everybodys, where: () => "offersets?everybody=true" }],
    POST: [{ may: ownWrite, body: ask }],
  },
  "offersets/[uuid]": { GET: [{ may: hersRead, where: () => `offersets/${offerSet}` }] },
  sessions: {
    GET: [{ may: ownRead }, { may: everybodys, where: () => "sessions?everybody=true" }],
    POST: [{ may: ownWrite, body: ask }],
  },
  "sessions/[uuid]": {
    GET: [{ may: hersRead, where: () => `sessions/${sessionId()}` }],
    POST: [{ may: hersChanged, where: () => `sessions/${sessionId()}`, body: accept }],
  },
  "sessions/[uuid]/events": { GET: [{ may: hersRead, where: () => `sessions/${sessionId()}/events` }] },
  "execution/[uuid]/state": {
    POST: [
      {
        may: hersChangedAsOnce,
        where: () => `execution/${sessionId()}/state`,
        body: () => "ACCEPTED",
        type: "text/plain",
      },
    ],
  },
  "[folder]/[uuid]": {
    GET: [
      { may: hersRead, where: () => `executables/${session.executable?.meta?.uuid}` },
      { may: hersRead, where: () => `compute/${session.compute?.meta?.uuid}` },
    ],
  },
  slots: { GET: [{ may: ownRead }] },
  capabilities: { GET: [{ may: 200 }] },
  availability: { GET: [{ may: 200 }] },
  "openapi.json": { GET: [{ may: 200 }] },
  "openapi.yaml": { GET: [{ may: 200 }] },
  "[[...other]]": Object.fromEntries(methods.map((method) => [method, [{ may: 404, where: () => "nothing/of/ours" }]])),
};

const addressOf = (file: string) => path.relative(import.meta.dirname, path.dirname(file));
const fill = (address: string) => address.replace("[folder]", "compute").replace("[uuid]", sessionId());
const json = { "content-type": "application/json", accept: "application/json" };

function call(
  method: string,
  where: string,
  caller: CallerName,
  { body, type }: Partial<Cell> = {},
): Promise<Response> {
  const token = tokens.get(caller);
  const headers = {
    ...json,
    ...(type ? { "content-type": type } : {}),
    ...(caller === "a name and password" ? { authorization: `Basic ${btoa("alice:secret")}` } : {}),
  };
  return callApi(method, `/${where}`, { headers, ...(token ? { token } : {}), ...(body ? { body: body() } : {}) });
}

/** The whole answer, its headers too; of a stream only the beginning. */
async function said(response: Response): Promise<string> {
  const headers = JSON.stringify([...response.headers]);
  if (response.headers.get("content-type") !== "text/event-stream") return headers + (await response.text());
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return headers + new TextDecoder().decode(first?.value);
}

const rowOrder: readonly CallerName[] = callers.slice(0, 7);
const expected = (may: Row | Anybody, caller: CallerName): number =>
  typeof may === "number" ? may : (may[rowOrder.indexOf(caller)] ?? 401);

beforeAll(async () => {
  const universe = await makeUniverse({ people: 2, limit: { cores: 64, memoryGiB: 64, gpus: 0 } });
  const [alice, carol] = [personOf(universe, 0), personOf(universe, 1)];
  const [bob, admin] = await elsewhere(universe, ["bob", "admin"]);
  await database().prisma.user.update({ where: { id: admin.id }, data: { role: "administrator" } });
  const set = async (caller: CallerName, token: Promise<string> | string) => tokens.set(caller, await token);
  await set("alice", tokenOf(alice));
  await set("alice who may only read", tokenOf(alice, ["read"]));
  await set("alice who may only book", tokenOf(alice, ["book"]));
  await set("bob of another project", tokenOf(bob));
  await set("carol of alice's project", tokenOf(carol));
  await set("admin", tokenOf(admin));
  await set("admin without the scope", tokenOf(admin, ["read", "book"]));
  await set("a withdrawn token", tokenOf(alice));
  await withdraw(tokens.get("a withdrawn token") ?? "", alice);
  await set("an expired token", tokenOf(alice, ["read", "book"], Date.now() - 2 * 86_400_000));
  await set("a malformed token", "mrd_short");
  await set("a token of nobody", "eyJhbGciOiJub25lIn0.e30.");
  await aliceRuns();
}, 60_000);

/** People with a project of their own on the same platform. */
async function elsewhere({ platform }: Universe, names: readonly ["bob", "admin"]) {
  const limits = { limitCores: 64, limitMemoryGib: 64, limitGpus: 0 };
  const projectId = uuidv7();
  const account = { kind: "project", platformId: platform.id, ...limits };
  const { project, user } = database().prisma;
  await project.create({
    data: { id: projectId, name: `project-${projectId}`, title: "Another", accounts: { create: account } },
  });
  const place = (name: string) =>
    user.create({
      data: {
        id: uuidv7(),
        name: `${name}-${projectId}`,
        displayName: name,
        projects: { create: { projectId } },
        accounts: {
          create: { kind: "user", platformId: platform.id, ...limits, limitOpenBookings: 100, limitOfferSets: 100 },
        },
      },
    });
  return [await place(names[0]), await place(names[1])] as const;
}

async function withdraw(secret: string, user: Universe["people"][number]) {
  const { id } = await database().prisma.accessToken.findUniqueOrThrow({
    where: { hash: Uint8Array.from(hashOf(secret)) },
  });
  expect(await withdrawAccessToken({ tokenId: id, user, now: Date.now() })).toMatchObject({ ok: true });
}

/** Alice has a session that runs: only then there is a link to keep from others. */
async function aliceRuns() {
  const body = () =>
    JSON.stringify({
      meta: { name: "secret-of-alice" },
      executable: { kind: kinds.executable.jupyterNotebook, location: "https://example.org/of-alice.ipynb" },
    });
  const booked = await call("POST", "direct", "alice", { body });
  expect(booked.status).toBe(303);
  const id = (await booked.json()).meta.uuid as string;
  const { prisma } = database();
  for (const phase of ["WAITING", "PREPARING", "AVAILABLE"])
    await prisma.session.update({ where: { id }, data: { phase, movedBy: "test" } });
  const connector = {
    kind: "urn:jupyter-notebook",
    status: "AVAILABLE",
    protocol: "HTTP",
    location: "http://127.0.0.1:9/of-alice",
  };
  await prisma.connector.create({ data: { sessionId: id, ...connector, changedAt: new Date() } });
  const { offerSetId } = await prisma.session.findUniqueOrThrow({ where: { id }, select: { offerSetId: true } });
  offerSet = offerSetId;
  session = await (await call("GET", `sessions/${id}`, "alice")).json();
  expect(session.connectors?.[0]?.location).toContain(link());
}

/** Nothing of this is told to anybody who may not look. */
const hers = () => [
  ...[sessionId(), offerSet, session.executable?.meta?.uuid ?? "?", session.compute?.meta?.uuid ?? "?"],
  ...["secret-of-alice", "of-alice.ipynb", "127.0.0.1:9", link()],
];

describe("every address and method, by who calls", () => {
  test("is in this table, and nothing else", () => {
    expect(Object.keys(matrix).sort()).toEqual(routes.map(({ file }) => addressOf(file)).sort());
  });

  test.each(routes.map(({ file }) => [addressOf(file), file] as const))(
    "%s",
    { timeout: 120_000 },
    async (address, file) => {
      const handlers = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
      expect(
        Object.keys(handlers)
          .filter((name) => /^[A-Z]+$/.test(name))
          .sort(),
      ).toEqual([...methods, ...(address === "[[...other]]" ? [] : ["OPTIONS"])].sort());
      for (const method of methods) {
        for (const cell of matrix[address]?.[method] ?? [{ may: 405 as const }]) {
          for (const caller of callers) {
            const where = (cell.where ?? (() => fill(address)))();
            const response = await call(method, where, caller, cell);
            const whole = await said(response);
            // That a method is not there is said of the address that was called, and of nothing behind it.
            const text = response.status === 405 ? whole.replaceAll(where, "") : whole;
            const what = `${method} ${address} of ${caller}: ${text.slice(0, 300)}`;
            expect(response.status, what).toBe(expected(cell.may, caller));
            if (response.status === 405) expect(response.headers.get("allow"), what).toBeTruthy();
            if (response.status >= 400)
              expect(response.headers.get("content-type"), what).toMatch(/^application\/problem\+json/);
            const maySee = [200, 303].includes(response.status) && (caller.startsWith("alice") || caller === "admin");
            if (!maySee) for (const secret of hers()) expect(text, what).not.toContain(secret);
            if (caller === "admin") expect(text, what).not.toContain(link());
            if (response.status === 401)
              expect(response.headers.get("www-authenticate"), what).toMatch(/^Bearer realm=/);
          }
        }
      }
    },
  );
});

describe("what goes with it", () => {
  test("anybody may read what the service is and whether it works, and nothing else", () => {
    const open = Object.entries(matrix).filter(([, row]) => Object.values(row).some(([cell]) => cell?.may === 200));
    expect(open.map(([address]) => address)).toEqual(["capabilities", "availability", "openapi.json", "openapi.yaml"]);
  });

  test("a token that is taken back is out at once", async () => {
    const secret = tokens.get("alice") ?? "";
    const { user } = await database().prisma.accessToken.findUniqueOrThrow({
      where: { hash: Uint8Array.from(hashOf(secret)) },
      include: { user: true },
    });
    const token = await tokenOf(user);
    expect((await callApi("GET", "/sessions", { token, headers: json })).status).toBe(200);
    await withdraw(token, user);
    const refused = await callApi("GET", "/sessions", { token, headers: json });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  test("a good token of another scope is told which one it takes", async () => {
    const reads = await call("GET", "sessions", "alice who may only book");
    expect(reads.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
    expect(reads.headers.get("www-authenticate")).toContain('scope="read"');
    const books = await call("POST", "requests", "alice who may only read", { body: ask });
    expect(books.headers.get("www-authenticate")).toContain('scope="book"');
  });

  test("the link to what runs is for its owner alone, and in no list", async () => {
    expect(await said(await call("GET", `sessions/${sessionId()}`, "alice"))).toContain(link());
    expect(await said(await call("GET", `sessions/${sessionId()}`, "admin"))).toContain("secret-of-alice");
    for (const where of [
      `sessions/${sessionId()}`,
      `offersets/${offerSet}`,
      "sessions?everybody=true&limit=100",
      "offersets?everybody=true&limit=100",
    ]) {
      const text = await said(await call("GET", where, "admin"));
      expect(text).toContain(sessionId());
      expect(text).not.toContain(link());
      expect(text).not.toContain("127.0.0.1:9");
    }
    for (const where of ["sessions?limit=100", "offersets?limit=100"]) {
      const text = await said(await call("GET", where, "alice"));
      expect(text).toContain(sessionId());
      expect(text).not.toContain(link());
    }
  });

  test("an administrator who loses the role sees no more of others with the same token", async () => {
    const { user } = await database().prisma.accessToken.findUniqueOrThrow({
      where: { hash: Uint8Array.from(hashOf(tokens.get("admin") ?? "")) },
      include: { user: true },
    });
    const { prisma } = database();
    await prisma.user.update({ where: { id: user.id }, data: { role: "scientist" } });
    expect((await call("GET", `sessions/${sessionId()}`, "admin")).status).toBe(403);
    expect((await call("GET", "sessions?everybody=true", "admin")).status).toBe(403);
    await prisma.user.update({ where: { id: user.id }, data: { role: "administrator" } });
  });
});
