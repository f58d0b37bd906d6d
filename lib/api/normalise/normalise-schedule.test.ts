import { expect, test } from "vitest";
import { kinds } from "#lib/api/standard/kinds.ts";
import { normaliseRequest } from "./normalise-request.ts";

const window = "2026-08-14T08:00:00Z/PT4H";
const other = "2026-08-15T08:00:00Z/PT4H";

test.each<[object, object]>([
  [{ schedule: { requested: { duration: "PT1H", start: [window] } } }, { duration: "PT1H", start: window }],
  [
    { schedule: { requested: { duration: "PT1H", start: [window, other] } } },
    { duration: "PT1H", start: window, windows: [window, other] },
  ],
  [
    { schedule: { requested: [{ start: window, duration: { min: "PT1H", max: "PT2H" } }] } },
    { start: window, duration: "PT1H", maxDuration: "PT2H" },
  ],
  [
    { schedule: [{ start: window, duration: { min: "PT1H" } }, { start: [other] }] },
    { start: window, windows: [window, other], duration: "PT1H" },
  ],
  [{ datetime: [{ start: window, duration: { max: "PT2H" } }] }, { start: window, maxDuration: "PT2H" }],
  [
    { schedule: { requested: { executing: { start: window, duration: "PT1H" } } } },
    { start: window, duration: "PT1H" },
  ],
  [{ schedule: { requested: { start: window, duration: { min: "PT1H" } } } }, { start: window, duration: "PT1H" }],
  [{ schedule: { requested: { duration: "PT1H", start: [] } } }, { duration: "PT1H" }],
  // A start without a duration, and a short end.
  [{ schedule: { requested: { start: ["2026-08-14T11:30Z"] } } }, { start: "2026-08-14T11:30Z/PT0S" }],
  [
    { schedule: { requested: { start: ["2026-08-14T11:30Z/T12:00Z"] } } },
    { start: "2026-08-14T11:30Z/2026-08-14T12:00Z" },
  ],
  [
    { schedule: { requested: { start: ["2026-08-14T11:30+01:00/12:00"] } } },
    { start: "2026-08-14T11:30+01:00/2026-08-14T12:00+01:00" },
  ],
  [
    { schedule: [{ start: window }, { start: "2026-08-14T11:30Z" }] },
    { start: window, windows: [window, "2026-08-14T11:30Z/PT0S"] },
  ],
])("%j is read as %j", (older, requested) => {
  const { body, notes } = normaliseRequest(older);
  expect(body).toEqual({ schedule: { requested } });
  expect(new Set(notes.map(({ level }) => level))).toEqual(new Set(["INFO"]));
});

test("P1H of older examples is an hour, with a warning", () => {
  const { body, notes } = normaliseRequest({
    schedule: { requested: { duration: { min: "P1H", max: "P2H" }, start: "2026-08-14T08:00:00Z/P4H" } },
  });
  expect(body).toEqual({ schedule: { requested: { duration: "PT1H", maxDuration: "PT2H", start: window } } });
  expect(notes.filter(({ level }) => level === "WARN").map(({ values }) => values.path)).toEqual([
    "/schedule/requested/duration/min",
    "/schedule/requested/duration/max",
    "/schedule/requested/start",
  ]);
});

test("the times of version 1.0 are not read leniently", () => {
  for (const requested of [
    { duration: "P1H" },
    { start: "2026-08-14T11:30Z" },
    { start: "2026-08-14T11:30Z/T12:00Z" },
    { start: "2026-08-14T08:00:00Z/P4H" },
  ]) {
    expect(normaliseRequest({ schedule: { requested } })).toEqual({ body: { schedule: { requested } }, notes: [] });
  }
});

test("windows with different durations have that of the first, with a warning", () => {
  const { body, notes } = normaliseRequest({
    schedule: [
      { start: window, duration: "PT1H" },
      { start: other, duration: "PT2H" },
    ],
  });
  expect(body).toMatchObject({ schedule: { requested: { duration: "PT1H", windows: [window, other] } } });
  expect(notes.filter(({ level }) => level === "WARN")).toMatchObject([{ values: { path: "/schedule/1/duration" } }]);
});

test("nobody outside can use our own fields", () => {
  const { body, notes } = normaliseRequest({
    schedule: { requested: { start: window, windows: [other], maxDuration: "PT9H" } },
  });
  expect(body).toEqual({ schedule: { requested: { start: window } } });
  expect(notes).toMatchObject([
    { kind: "urn:unknown-field", level: "WARN", values: { path: "/schedule/requested/windows" } },
    { kind: "urn:unknown-field", level: "WARN", values: { path: "/schedule/requested/maxDuration" } },
  ]);
});

test("a slip elsewhere does not make a request of version 1.0 older", () => {
  const schedule = { requested: { duration: "P1H", start: "2026-08-14T11:30Z" } };
  const volume = { kind: kinds.volume.simple, path: "in/", mode: "ro", resource: "a" };
  for (const slip of [{ cores: { min: 1.5 } }, { volumes: [volume] }]) {
    const { body, notes } = normaliseRequest({ compute: { kind: kinds.compute.simple, ...slip }, schedule });
    expect(notes).not.toEqual([]);
    expect(body).toMatchObject({ schedule });
  }
});

test.each([{ computer: {} }, { compute: { kind: "urn:compute-resource" } }, { request: { executable: {} } }])(
  "%j is older, so that its times are read leniently",
  (older) => {
    const { body } = normaliseRequest({ ...older, schedule: { requested: { duration: "P1H" } } });
    expect(body).toMatchObject({ schedule: { requested: { duration: "PT1H" } } });
  },
);
