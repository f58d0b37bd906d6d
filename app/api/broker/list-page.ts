import { z } from "zod";
import { problemOf } from "#lib/api/broker/problem-details.ts";
import { readInstant } from "#lib/api/iso8601/read-instant.ts";
import type { ProblemDetails } from "#lib/api/standard/extensions.ts";
import { isPhase, type Phase, phases } from "#lib/booking/phase.ts";
import type { Result } from "#lib/booking/refusal.ts";
import type { Page } from "#lib/broker/read-answers.ts";
import { isUuid } from "./found.ts";
import type { Call } from "./handle.ts";

const time = z.string().transform((text, context) => {
  const read = readInstant(text);
  if (read.ok) return read.value;
  context.addIssue(`“${text}” is no time. ${read.error}`);
  return z.NEVER;
});
const query = z.object({
  from: time.nullable(),
  to: time.nullable(),
  limit: z.coerce.number("It is a number from 1 to 100.").int().min(1).max(100).nullable(),
  cursor: z.string().nullable(),
  everybody: z.enum(["true", "false"], "It is true or false.").nullable(),
  phase: z.array(z.string().refine(isPhase, `A phase is one of ${phases.join(", ")}.`)),
});

export interface Wanted {
  /** One more than is shown, so that it is known whether there is more. */
  readonly page: Page;
  /** Those that are wanted, as they are shown; none: all. */
  readonly phases: readonly Phase[];
}

/** A cursor is where the page before ended; what it is made of is our own affair. */
const toCursor = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url");
function fromCursor(cursor: string): string | null {
  const hex = Buffer.from(cursor, "base64url").toString("hex");
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return isUuid(id) ? id : null;
}

/** What of a list is wanted, by the query of the address. Everybody's takes the scope `admin`. */
export function readPage({ url, caller }: Call): Result<Wanted, ProblemDetails> {
  const { searchParams } = url;
  const get = (name: string) => searchParams.get(name);
  const read = query.safeParse({
    from: get("from"),
    to: get("to"),
    limit: get("limit"),
    cursor: get("cursor"),
    everybody: get("everybody"),
    phase: searchParams.getAll("phase"),
  });
  const refuse = (status: number, sentence: string, parameter?: string) => ({
    ok: false as const,
    error: problemOf(status, sentence, parameter === undefined ? {} : { parameter }),
  });
  if (!read.success) {
    const { path, message } = read.error.issues[0] ?? { path: [], message: "" };
    const parameter = String(path[0]);
    return refuse(400, `The parameter “${parameter}” cannot be right: ${message}`, parameter);
  }
  const { from, to, limit, cursor, everybody, phase } = read.data;
  const before = cursor === null ? null : fromCursor(cursor);
  if (cursor !== null && before === null)
    return refuse(400, "This “cursor” is none of ours; take it from “next”.", "cursor");
  const isForAll = everybody === "true";
  if (isForAll && !caller.scopes.has("admin")) return refuse(403, "Everybody's takes the scope “admin”.", "everybody");
  const userId = isForAll ? null : caller.person.id;
  return {
    ok: true,
    value: {
      page: { userId, before, from, until: to, most: (limit ?? 20) + 1 },
      phases: phase as Phase[],
    },
  };
}

/** So much is written into one page, roughly, in characters of what was asked: a large request is in each of its offers again. */
const MOST_WEIGHT = 500_000;

/** How many of the first ones make a page by their weight; the first one always does. */
function fitting<T>(found: readonly T[], weightOf: (item: T) => number): number {
  let weight = 0;
  const beyond = found.findIndex((item, index) => {
    weight += weightOf(item);
    return index > 0 && weight > MOST_WEIGHT;
  });
  return beyond === -1 ? found.length : beyond;
}

/** A page of what was found, and where the next one is. It ends early where much was asked for: `weightOf` says how much. */
export function pageOf<T extends { readonly id: string }>(
  found: readonly T[],
  weightOf: (item: T) => number,
  { page }: Wanted,
  { url, looking }: Call,
) {
  const items = found.slice(0, Math.min(page.most - 1, fitting(found, weightOf)));
  const last = items.at(-1);
  if (found.length === items.length || !last) return { items, next: undefined };
  const query = new URLSearchParams(url.searchParams);
  query.set("cursor", toCursor(last.id));
  const name = url.pathname.slice(url.pathname.lastIndexOf("/"));
  return { items, next: `${looking.baseUrl}${name}?${query}` };
}

/** The same for those who read headers. */
export const linkTo = (next: string | undefined): Readonly<Record<string, string>> =>
  next === undefined ? {} : { link: `<${next}>; rel="next"` };
