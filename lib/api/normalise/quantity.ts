import { isObject } from "../media/json-value.ts";
import { leftOut, type Notes, refuse, respelt, rewritten } from "./notes.ts";
import { change, close, type Fields, open, type Placed, take } from "./placed.ts";

/** What is counted: cores, or GiB of memory or storage. */
export type Counted = "cores" | "GiB";

const coreUnits = /^(none|cores?)$/i;
const milliCores = /^(m|milli) ?cores?$/i;
const byteUnits = /^([kKMGTP]?)(i?) ?(B|bytes?)$/;
const powers = ["", "k", "M", "G", "T", "P"];
const amountAndUnit = /^(\d+(?:\.\d+)?) ?([a-z][a-z ]*)?$/i;

/**
 * `{min, max}` in whole cores or GiB from the older ways to say it: a pair `requested` (beside `offered`), one number or a
 * number with its unit, `units` beside them, and fractions. A least is rounded up, a most down, though not below the least.
 * An unknown unit cannot be guessed: the answer is NO.
 */
export function quantity({ value, path }: Placed, counted: Counted, notes: Notes): unknown {
  if (!isObject(value)) return value;
  const fields = open(value, path);
  const offered = take(fields, "offered");
  if (offered !== undefined) leftOut(notes, offered.path, "offered", "a request says only what it asks for");
  const requested = take(fields, "requested");
  if (requested !== undefined) readRequested(fields, requested, notes);
  inWholeUnits(fields, path, counted, notes);
  return close(fields);
}

function readRequested(fields: Fields, { value, path }: Placed, notes: Notes): void {
  if (isObject(value)) {
    for (const [key, field] of open(value, path)) if (!fields.has(key)) fields.set(key, field);
    rewritten(notes, path, "requested", "min and max beside each other, without it");
    return;
  }
  const text = typeof value === "number" || typeof value === "string" ? String(value).trim() : "";
  const [, amount, unit = ""] = amountAndUnit.exec(text) ?? [];
  if (amount === undefined) {
    refuse(notes, "urn:bad-value", { path, used: value, template: "“{used}” is not an amount." });
    return;
  }
  if (!fields.has("min")) fields.set("min", { value: Number(amount), path });
  if (unit !== "" && !fields.has("units")) fields.set("units", { value: unit, path });
  rewritten(notes, path, value, `min: ${amount}${unit === "" ? "" : `, in units of ${unit}`}`);
}

function inWholeUnits(fields: Fields, path: string, counted: Counted, notes: Notes): void {
  const units = take(fields, "units");
  const factor = units === undefined ? 1 : factorOf(units.value, counted);
  if (factor === null) {
    const template = "“{used}” is not a unit that {counted} are counted in.";
    refuse(notes, "urn:invalid-value", { path: units?.path ?? path, used: units?.value, template, more: { counted } });
    return;
  }
  if (units !== undefined) {
    const how = factor === 1 ? `${counted} need no unit` : `${counted} are meant, and the amount was converted`;
    leftOut(notes, units.path, units.value, how);
  }
  const least = fields.get("min")?.value;
  const most = fields.get("max")?.value;
  const min = typeof least === "number" ? roundUp(least * factor) : null;
  change(fields, "min", (field) => (min === null ? field.value : rounded(field, min, { factor, counted, notes })));
  change(fields, "max", (field) => {
    if (typeof most !== "number") return most;
    const isBelow = typeof least === "number" && most < least;
    const down = roundDown(most * factor);
    const max = min === null || isBelow ? down : Math.max(down, min);
    return rounded(field, max, { factor, counted, notes });
  });
}

/** Says so when a fraction was rounded; a converted amount has been told with its unit. */
function rounded(
  { value, path }: Placed,
  whole: number,
  { factor, counted, notes }: { factor: number; counted: Counted; notes: Notes },
): number {
  if (factor === 1 && whole !== value) respelt(notes, path, value, `${whole} ${counted}`);
  return whole;
}

// A billionth is what binary fractions may be off: 2147.483648 MB are 2 GiB and not 3. Adding 0 makes 0 of −0.
const SLACK = 1e-9;
const roundUp = (amount: number): number => (Number.isInteger(amount) ? amount : Math.ceil(amount * (1 - SLACK)) + 0);
const roundDown = (amount: number): number =>
  Number.isInteger(amount) ? amount : Math.floor(amount * (1 + SLACK)) + 0;

function factorOf(units: unknown, counted: Counted): number | null {
  if (typeof units !== "string") return null;
  const unit = units.trim();
  if (counted === "cores") {
    if (coreUnits.test(unit)) return 1;
    return milliCores.test(unit) ? 1 / 1000 : null;
  }
  if (/^none$/i.test(unit)) return 1;
  const [, prefix, binary] = byteUnits.exec(unit) ?? [];
  if (prefix === undefined) return null;
  const power = powers.indexOf(prefix === "K" ? "k" : prefix);
  return (binary === "i" ? 1024 : 1000) ** power / 1024 ** 3;
}
