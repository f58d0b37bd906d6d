import { ok, refused } from "#app/api/broker/answer.ts";
import { handle } from "#app/api/broker/handle.ts";
import { linkTo, pageOf, readPage } from "#app/api/broker/list-page.ts";
import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { POST as requests } from "#app/api/broker/v1/requests/route.ts";
import { withoutLink } from "#app/api/broker/without-link.ts";
import { problemOf } from "#lib/api/broker/problem-details.ts";
import { showOfferSet } from "#lib/api/broker/show-offer-set.ts";
import { listAnswers, type StoredAnswer } from "#lib/broker/read-answers.ts";

/** The caller's requests with their answers, the newest first. */
export const GET = handle("read", async (call) => {
  const wanted = readPage(call);
  if (!wanted.ok) return refused(wanted.error);
  if (wanted.value.phases.length > 0)
    return refused(problemOf(400, "Offer sets have no “phase”; their offers do.", { parameter: "phase" }));
  const { items, next } = pageOf(await listAnswers(wanted.value.page), weightOf, wanted.value, call);
  const shown = items.map((answer) => {
    const set = showOfferSet(answer, call.looking);
    return set.offers ? { ...set, offers: set.offers.map(withoutLink) } : set;
  });
  return ok("OfferSetList", { items: shown, next }, linkTo(next));
});

const weightOf = ({ asked, offers }: StoredAnswer): number => JSON.stringify(asked ?? {}).length * (1 + offers.length);

/** What older clients call the same. */
export const POST = requests;

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET, POST");
