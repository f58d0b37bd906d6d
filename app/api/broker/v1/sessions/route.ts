import { ok, refused } from "#app/api/broker/answer.ts";
import { handle } from "#app/api/broker/handle.ts";
import { linkTo, pageOf, readPage } from "#app/api/broker/list-page.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { POST as direct } from "#app/api/broker/v1/direct/route.ts";
import { withoutLink } from "#app/api/broker/without-link.ts";
import { showSession } from "#lib/api/broker/show-session.ts";
import { type ShownSession, shownPhase, storedPhases } from "#lib/api/broker/shown-session.ts";
import { listSessions } from "#lib/broker/read-answers.ts";

/** The caller's offers and sessions, the newest first. */
export const GET = handle("read", async (call) => {
  const wanted = readPage(call);
  if (!wanted.ok) return refused(wanted.error);
  const asked = wanted.value.phases;
  const found = await listSessions(wanted.value.page, asked.length === 0 ? null : storedPhases(asked));
  const { items, next } = pageOf(found, ({ asked }) => JSON.stringify(asked ?? {}).length, wanted.value, call);
  // What is stored in a phase may be shown in another by now: a page may then have fewer than the limit.
  const isAsked = (session: ShownSession) =>
    asked.length === 0 || asked.includes(shownPhase(session, call.looking.now));
  const shown = items.filter(isAsked).map((session) => withoutLink(showSession(session, call.looking)));
  return ok("SessionList", { items: shown, next }, linkTo(next));
});

/** What older clients call the same. */
export const POST = direct;

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET, POST");
