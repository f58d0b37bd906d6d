import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { componentId } from "#lib/api/broker/component-id.ts";
import { sessionName } from "#lib/booking/session-name.ts";
import { NOW } from "#lib/testing/universe.ts";
import { stable } from "./stable.ts";

/** Answers of so many sessions, with new identifiers each time. */
function answersOf(count: number) {
  const set = uuidv7();
  const offers = Array.from({ length: count }, () => {
    const id = uuidv7();
    const data = componentId(id, 3);
    return { uuid: id, name: sessionName(id), url: `https://example.org/sessions/${id}`, data, mounted: data };
  });
  return { set, offers, accepted: offers[0] ?? null, note: "nothing random", at: NOW };
}

test("the same answers given twice are published as the same text", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), (count) => {
      expect(stable(answersOf(count), NOW)).toEqual(stable(answersOf(count), NOW));
    }),
  );
});

test("identifiers are numbered in order, and whatever is made of them follows", () => {
  const { set, offers, accepted, note, at } = stable(answersOf(2), NOW);
  expect(set).toBe("01a21806-f980-7000-8000-000000000001");
  expect(offers).toMatchObject([
    { uuid: "01a21806-f980-7000-8000-000000000002", name: "m-000000000002" },
    { uuid: "01a21806-f980-7000-8000-000000000003", name: "m-000000000003" },
  ]);
  expect([note, at]).toEqual(["nothing random", NOW]);
  expect(accepted).toEqual(offers[0]);
  for (const { uuid, url, name, data, mounted } of offers) {
    expect(url).toBe(`https://example.org/sessions/${uuid}`);
    expect(name).toBe(sessionName(uuid));
    expect([data, mounted]).toEqual([componentId(uuid, 3), componentId(uuid, 3)]);
  }
});

test("a component that is named before its session leads to it all the same", () => {
  const id = uuidv7();
  const [component, session] = stable([componentId(id, 5), id], NOW);
  expect(component).toBe(componentId(session ?? "", 5));
});
