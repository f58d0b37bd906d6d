"use server";

import { z } from "zod";
import { parseLimitChange } from "#lib/api/limit-change.ts";
import type { Answer, LimitPreviewView } from "#lib/api/view.ts";
import { currentPerson } from "#lib/auth/session.ts";
import { no, type Refusal, type Result } from "#lib/booking/refusal.ts";
import { asOneAction } from "#lib/broker/as-one-action.ts";
import {
  applyLimitChange,
  type LimitChange,
  type LimitPreview,
  previewLimitChange,
} from "#lib/broker/change-limits.ts";

/** Anything that is no text says nothing. */
const text = z.string().trim().max(500).catch("");

/** Lists exactly what a change of limits would do; changes nothing. */
export async function previewLimits(form: unknown): Promise<Answer<LimitPreviewView>> {
  return withAdministrator(form, (change) => previewLimitChange(change, Date.now()));
}

/** Does what the preview with that `seen` said, or nothing when anything changed since. */
export async function applyLimits(form: unknown, seen: string, why: string): Promise<Answer<LimitPreviewView>> {
  return withAdministrator(form, (change, admin) =>
    applyLimitChange({ change, seen: text.parse(seen), why: text.parse(why), admin, now: Date.now() }),
  );
}

async function withAdministrator(
  form: unknown,
  step: (change: LimitChange, admin: { readonly name: string }) => Promise<Result<LimitPreview, readonly Refusal[]>>,
): Promise<Answer<LimitPreviewView>> {
  const person = await currentPerson();
  if (person?.role !== "administrator") return refused([no("NOT_ALLOWED").error]);
  const asked = parseLimitChange(form);
  if (!asked.ok) return refused(asked.error);
  const result = await asOneAction(() => step(asked.value, person));
  if (!result.ok) return refused(result.error);
  const { before, after, closings, cancelled, honoured, over, overBudget, slots, seen } = result.value;
  return { ok: true, value: { before, after, closings, cancelled, honoured, over, overBudget, slots, seen } };
}

const refused = (refusals: readonly Refusal[]) => ({ ok: false, no: { refusals, ways: [] } }) as const;
