import { describe, expect, test } from "vitest";
import { kinds } from "../standard/kinds.ts";
import { executionRequest } from "../standard/requests.ts";
import { scheduledExecutionSession } from "../standard/sessions.ts";
import { showComponents } from "./show-components.ts";
import { showMessages } from "./show-messages.ts";
import type { ShownSession } from "./shown-session.ts";

const NOW = Date.UTC(2026, 10, 26, 13, 24);
const HOUR = 3_600_000;
const GIB = 1024 ** 3;

const session = (request: object): ShownSession => ({
  id: "01a21800-0000-7000-8000-000000000001",
  name: "m-1",
  offerSetId: "01a21800-0000-7000-8000-000000000002",
  platform: { title: "This machine", settings: {} },
  prepareSeconds: 0,
  user: { id: "alice" },
  createdAt: NOW,
  asked: { request: executionRequest.parse(request), messages: [] },
  position: 0,
  executable: { type: "notebook", image: null },
  resources: { cores: 2, memoryGiB: 4, gpus: 0 },
  phase: "OFFERED",
  phaseSince: NOW,
  spanSince: null,
  reason: null,
  startsAt: NOW + HOUR,
  endsAt: NOW + 2 * HOUR,
  startsNow: false,
  expiresAt: NOW + 300_000,
  releasedAt: null,
  connector: null,
  note: null,
  isCovered: true,
  releaseTrouble: null,
  slotMinutes: 60,
});

const shownTo = (userId: string, request: object) => {
  const site = "https://m.example.org";
  const looking = { userId, baseUrl: `${site}/api/broker/v1`, siteUrl: site, now: NOW };
  const components = showComponents(session(request), looking);
  scheduledExecutionSession.parse({ kind: kinds.session.scheduled, ...components });
  return components;
};

const storage = (name: string, more: object = {}) => ({ kind: kinds.storage.simple, meta: { name }, ...more });
const lake = (name: string, gib: number, more: object = {}) => ({
  kind: kinds.data.skao,
  meta: { name },
  skao: { datasize: gib * GIB, replicas: [{ dataurl: `https://lake.example.org/${name}?token=secret#secret` }] },
  ...more,
});

describe("the storage of an offer", () => {
  test("says how big each is, also one that is made for data", () => {
    const { storage: shown } = shownTo("alice", {
      storage: [
        storage("usual"),
        storage("wished", { size: { min: 3, max: 9 } }),
        storage("filled", { size: { min: 3 } }),
      ],
      data: [lake("a", 4.5, { storage: "filled" }), lake("b", 1.5), lake("c", 0)],
    });
    expect(shown?.map(({ meta, size }) => [meta?.name, size])).toEqual([
      ["usual", { min: 1, max: 1 }],
      ["wished", { min: 3, max: 3 }],
      ["filled", { min: 5, max: 5 }],
      ["Storage for [b]", { min: 2, max: 2 }],
      ["Storage for [c]", { min: 1, max: 1 }],
    ]);
  });

  test("and the data that it keeps name each other by the new identifiers", () => {
    const uuid = "0199c0de-0000-7000-8000-00000000000a";
    const {
      storage: stores = [],
      data = [],
      compute,
    } = shownTo("alice", {
      storage: [storage("s", { data: ["a"] })],
      data: [lake("a", 0), lake("b", 0), { ...lake("c", 0), meta: { name: "c", uuid }, storage: "s" }],
      compute: {
        kind: kinds.compute.simple,
        volumes: [
          { kind: kinds.volume.simple, resource: uuid.toUpperCase() },
          { kind: kinds.volume.simple, resource: "s" },
        ],
      },
    });
    const [s, own] = stores.map(({ meta }) => meta?.uuid);
    const [a, b, c] = data.map(({ meta }) => meta?.uuid);
    expect(data.map((one) => one.storage)).toEqual([s, own, s]);
    expect(stores.map((store) => store.data)).toEqual([[a, c], [b]]);
    expect(compute?.volumes?.map(({ resource }) => resource)).toEqual([c, s]);
    expect(new Set([s, own, a, b, c]).size).toBe(5);
  });
});

describe("what a client says that is a broker's to say", () => {
  const said = {
    costs: [{ kind: kinds.cost.simple, type: "urn:client", max: 77 }],
    metrics: [{ kind: kinds.metric.simple, type: "urn:client", min: 77 }],
  };
  const meta = {
    messages: [{ message: "client says" }],
    options: [{ kind: kinds.options.stringValue, path: "/client" }],
  };
  const life = { phase: "RUNNING", schedule: { preparing: { start: "client" } } };

  test("is not given back as ours", () => {
    const container = {
      kind: kinds.executable.dockerContainer,
      network: { ports: [{ access: true, external: { port: 7777, addresses: ["client.example.org"] } }] },
    };
    const all = shownTo("alice", {
      executable: { ...container, ...said, ...life, meta },
      compute: {
        kind: kinds.compute.simple,
        ...said,
        ...life,
        meta,
        volumes: [{ kind: kinds.volume.simple, ...said, meta, resource: "s" }],
      },
      storage: [{ ...storage("s"), ...said, ...life, meta: { ...meta, name: "s" } }],
      data: [{ ...lake("a", 0), ...said, ...life, meta }],
    });
    expect(JSON.stringify(all)).not.toMatch(/client|77|RUNNING/);
    expect(all.executable).toMatchObject({ network: { ports: [{ access: true }] } });
    expect(all.compute?.costs).not.toEqual([]);
  });
});

describe("somebody who is not the owner", () => {
  const container = {
    kind: kinds.executable.dockerContainer,
    image: { locations: ["images.example.org/skaha/astroml:26.11"] },
    command: ["--password=secret"],
    entrypoint: "/secret/run",
    environment: { KEY: "secret" },
  };
  const notebook = { kind: kinds.executable.jupyterNotebook, location: "https://example.org/fit.ipynb?sig=secret" };
  const data = [
    lake("lake", 0),
    { kind: kinds.data.simple, location: "https://example.org/a.fits?X-Amz-Signature=secret" },
    { kind: kinds.data.s3, endpoint: "https://s3.example.org/?secret", template: "{bucket}/{object}?secret" },
    { kind: kinds.data.ivoa, ivoa: { obscore: { access_url: "https://example.org/b?secret" } } },
  ];

  test.each([container, notebook])("sees no command, no variable and no query of an address: %j", (executable) => {
    const request = { executable, data };
    expect(JSON.stringify(shownTo("alice", request))).toContain("secret");
    const seen = JSON.stringify(shownTo("bob", request));
    expect(seen).not.toContain("secret");
    expect(seen).toContain('"location":"https://example.org/a.fits"');
  });
});

test("what became of a session is a message about its phase", () => {
  const over: ShownSession = { ...session({}), phase: "FAILED", reason: "The machine was lost." };
  expect(showMessages(over)).toMatchObject([{ kind: "urn:session-history", values: { path: "/phase" } }]);
});
