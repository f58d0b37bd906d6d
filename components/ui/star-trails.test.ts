import { expect, test } from "vitest";
import { around, starTrails } from "./star-trails.ts";

test("the sky is the same on every machine", () => {
  expect(starTrails(40, { x: 330, y: 360 }, 800)).toEqual(starTrails(40, { x: 330, y: 360 }, 800));
});

test("every star turns about the pole", () => {
  const pole = { x: 330, y: 360 };
  for (const { path } of starTrails(60, pole, 800)) {
    const [x1 = 0, y1 = 0, radius = 0, , , , , x2 = 0, y2 = 0] = (path.match(/-?[\d.]+/g) ?? []).map(Number);
    expect(Math.abs(Math.hypot(x1 - pole.x, y1 - pole.y) - radius)).toBeLessThan(0.3);
    expect(Math.abs(Math.hypot(x2 - pole.x, y2 - pole.y) - radius)).toBeLessThan(0.3);
  }
});

test("angles go clockwise from the top", () => {
  expect(around(0, 0, 10, 0)).toEqual({ x: 0, y: -10 });
  expect(around(0, 0, 10, Math.PI / 2)).toEqual({ x: 10, y: -0 });
});
