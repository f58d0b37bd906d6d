/** A star's trail on the plate: an arc about the pole. The brightest end in a disc. */
export interface Trail {
  readonly path: string;
  /** 0 faint … 4 bright; trails of one magnitude are drawn as one path. */
  readonly magnitude: number;
  readonly end: { readonly x: number; readonly y: number; readonly radius: number } | null;
}

/** mulberry32: small, fast, the same sky on every machine. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** The point at `angle` (radians, from the top, clockwise) and `radius` about the pole. */
export function around(x: number, y: number, radius: number, angle: number) {
  return { x: round(x + radius * Math.sin(angle)), y: round(y - radius * Math.cos(angle)) };
}

/**
 * A sky of `count` trails about the pole, each as long as the same stretch of time: what is exposed together turns
 * together. Deterministic, so that server and browser draw the same one.
 */
export function starTrails(count: number, pole: { x: number; y: number }, reach: number, seed = 1851): Trail[] {
  const roll = dice(seed);
  return Array.from({ length: count }, () => {
    // The root spreads stars evenly over the plate instead of crowding the pole.
    const radius = 40 + Math.sqrt(roll()) * (reach - 40);
    const from = roll() * 2 * Math.PI;
    const length = 0.2 + roll() * 0.1;
    const a = around(pole.x, pole.y, radius, from);
    const b = around(pole.x, pole.y, radius, from + length);
    const brightness = roll();
    return {
      path: `M${a.x} ${a.y}A${round(radius)} ${round(radius)} 0 0 1 ${b.x} ${b.y}`,
      magnitude: Math.floor(brightness * 5),
      end: brightness > 0.9 ? { ...b, radius: round(1.4 + roll() * 1.5) } : null,
    };
  });
}
