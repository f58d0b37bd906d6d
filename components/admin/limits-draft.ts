import type { LimitsView } from "#lib/api/view.ts";
import { type LimitName, limitFields, limitNames } from "./limit-fields.ts";

/** The form's fields as typed. */
export type LimitsDraft = Readonly<Record<LimitName, string>>;

/** What the fields mean: the limits that differ from `before`, and what cannot be read, by field. */
export interface ReadDraft {
  readonly limits: Partial<LimitsView>;
  readonly problems: Partial<Record<LimitName, string>>;
}

export const draftOf = (limits: LimitsView): LimitsDraft =>
  Object.fromEntries(limitNames.map((name) => [name, limits[name] === null ? "" : String(limits[name])])) as Record<
    LimitName,
    string
  >;

/**
 * Reads the form. Only limits that were changed are in the answer, so that what somebody else changes meanwhile stays
 * theirs. How much is too much is the server's to say.
 */
export function readDraft(draft: LimitsDraft, before: LimitsView): ReadDraft {
  const limits: { -readonly [Name in LimitName]?: number | null } = {};
  const problems: Partial<Record<LimitName, string>> = {};
  for (const name of limitNames) {
    const text = draft[name].trim();
    const { mayBeNone } = limitFields[name];
    if (text === "" && mayBeNone) {
      if (before[name] !== null) limits[name] = null;
    } else if (!/^\d{1,15}$/.test(text)) {
      problems[name] = mayBeNone ? "A whole number, 0 or more, or empty." : "A whole number, 0 or more.";
    } else if (Number(text) !== before[name]) {
      limits[name] = Number(text);
    }
  }
  return { limits: limits as Partial<LimitsView>, problems };
}
