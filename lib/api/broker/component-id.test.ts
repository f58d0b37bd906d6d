import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { expect, test } from "vitest";
import { componentId, MOST_COMPONENTS, ofComponent } from "./component-id.ts";

const number = fc.integer({ min: 1, max: MOST_COMPONENTS });
/** Sessions that are made until 2100. */
const session = fc.integer({ min: 0, max: Date.UTC(2100, 0) }).map((msecs) => uuidv7({ msecs }));

test("the identifier of a component leads back to its session", () => {
  fc.assert(
    fc.property(session, number, (sessionId, number) => {
      const id = componentId(sessionId, number);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(ofComponent(id)).toEqual({ sessionId, number });
      expect(ofComponent(id.toUpperCase())).toEqual({ sessionId, number });
    }),
  );
});

test("no two components have the same identifier, and none has a session's", () => {
  const sessions = [uuidv7(), uuidv7()];
  const ids = sessions.flatMap((id) =>
    Array.from({ length: MOST_COMPONENTS }, (_, index) => componentId(id, index + 1)),
  );
  expect(new Set([...ids, ...sessions]).size).toBe(ids.length + 2);
});

test("what is no component's identifier is nobody's", () => {
  for (const text of ["", "x", uuidv7(), "00000000-0000-8000-8000-000000000000"]) expect(ofComponent(text)).toBeNull();
  expect(() => componentId(uuidv7(), 0)).toThrow(RangeError);
  expect(() => componentId(uuidv7(), MOST_COMPONENTS + 1)).toThrow(RangeError);
});
