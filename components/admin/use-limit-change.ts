"use client";

import {
  keepPreviousData,
  queryOptions,
  skipToken,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useState } from "react";
import { applyLimits, previewLimits } from "#app/actions/limits.ts";
import type { LimitChangeForm } from "#lib/api/limit-change.ts";

/** How long a form must stay as it is before its preview is asked for. */
const SETTLE_MS = 250;

/** Waits, unless the form changes meanwhile: then the query is given up. */
const settled = (signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, SETTLE_MS);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

const previewKey = ["limit-preview"] as const;

const limitPreviewQuery = (form: LimitChangeForm | null) =>
  queryOptions({
    queryKey: [...previewKey, form],
    queryFn:
      form === null
        ? skipToken
        : async ({ signal, client, queryKey }) => {
            // A preview that is only looked at again does not wait: on a busy platform it would never end.
            if (client.getQueryData(queryKey) === undefined) await settled(signal);
            return previewLimits(form);
          },
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

/**
 * A change of limits while it is thought about: what it would do now, always up to date, and the way to do it.
 * `form`: null while there is nothing to ask. Applying does what the preview on screen says, or nothing.
 */
export function useLimitChange(form: LimitChangeForm | null) {
  const client = useQueryClient();
  const looked = useQuery(limitPreviewQuery(form));
  const applying = useMutation({
    mutationFn: ({ asked, seen, why }: { asked: LimitChangeForm; seen: string; why: string }) =>
      applyLimits(asked, seen, why),
    onSuccess: (answer) => client.invalidateQueries(answer.ok ? {} : { queryKey: previewKey }),
  });

  const isCurrent = form !== null && !looked.isPlaceholderData;
  const answer = form === null ? undefined : looked.data;
  const preview = answer?.ok ? answer.value : null;

  // What was seen first of this form: another one later means that something changed under it.
  const key = JSON.stringify(form);
  const [first, setFirst] = useState({ key: "", seen: "" });
  if (preview && isCurrent && first.key !== key) setFirst({ key, seen: preview.seen });
  const refused = applying.data && !applying.data.ok ? applying.data.no.refusals : [];
  const wasRefused = refused.some(({ code }) => code === "PREVIEW_STALE");

  return {
    preview,
    /** Whether the preview is of this form, and not of the one before. */
    isCurrent: isCurrent && !looked.isError,
    isAsked: form !== null,
    isChanged: isCurrent && preview !== null && ((first.key === key && first.seen !== preview.seen) || wasRefused),
    refusals: answer && !answer.ok ? answer.no.refusals : refused.filter(({ code }) => code !== "PREVIEW_STALE"),
    isBroken: looked.isError || applying.isError,
    isApplying: applying.isPending,
    apply(asked: LimitChangeForm, why: string, done: () => void) {
      if (applying.isPending || preview === null || !isCurrent) return;
      applying.mutate({ asked, seen: preview.seen, why }, { onSuccess: (said) => said.ok && done() });
    },
  };
}

export type LimitChange = ReturnType<typeof useLimitChange>;
