import type { Phase } from "#lib/booking/phase.ts";
import { answersOn, findAnswer, type Page, type StoredAnswer, sessionsOn } from "#lib/db/answers.ts";
import { findSession } from "#lib/db/sessions.ts";
import type { StoredSession } from "#lib/db/stored-session.ts";

export type { Page, StoredAnswer, StoredSession };

/** The answer to a request, whosever it is: who may see it is asked at the edge. */
export const readAnswer = (id: string): Promise<StoredAnswer | null> => findAnswer(id);

/** A session or an offer, whosever it is: who may see it is asked at the edge. */
export const readAnySession = (id: string): Promise<StoredSession | null> => findSession(id);

/** Answers, the newest first. */
export const listAnswers = (page: Page): Promise<StoredAnswer[]> => answersOn(page);

/** Sessions and offers in one of the phases (null: in any), the newest first. */
export const listSessions = (page: Page, phases: readonly Phase[] | null): Promise<StoredSession[]> =>
  sessionsOn(page, phases);
