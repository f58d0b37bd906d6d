import { planInWords, type StagingPlan, stagingPlan } from "#lib/booking/staged-file.ts";
import type { StoredSession } from "#lib/db/stored-session.ts";
import { errorCode } from "#lib/error-code.ts";
import { type Handle, LaunchError } from "#lib/launch/launcher.ts";
import { type Staged, stageInSession } from "#lib/staging/stage-in-session.ts";
import { StagingTrouble } from "#lib/staging/staging-trouble.ts";
import { withinTime } from "#lib/time-limit.ts";
import { launcherOf } from "./launcher-of.ts";

/** How far a session's files are. `note`: what one waits for; `why`: why they will never be there. Both are sentences. */
export type Staging =
  | { readonly state: "done" }
  | { readonly state: "under way"; readonly note: string }
  | { readonly state: "failed"; readonly why: string };

/** After trouble that may pass it is tried again no sooner than this. */
const AGAIN_MS = 2_000;
/** What came of it is kept so long for the next look. */
const KEPT_MS = 60_000;

interface Bringing {
  /** Null while it is under way. */
  outcome: Staged | { readonly trouble: string; readonly at: number } | null;
}

/** What this process brings to sessions at the moment. It may be lost at any time: then it is begun anew, and finds what is there. */
const underWay = new Map<string, Bringing>();

/**
 * Lets a session that answers fetch its notebook and data, beside everything else: returns at once, and is called again until they
 * are there. So no task waits for it, and a session that is cancelled meanwhile is released as any other. What is begun ends with
 * the session's Jupyter, when the signal aborts, or after the platform's launch time.
 */
export function stageSession(session: StoredSession, handle: Handle, signal: AbortSignal): Staging {
  const plan = stagingPlan(session.name, session.executable);
  if (plan === null) return { state: "done" };
  const { outcome } = underWay.get(session.id) ?? begin(session, plan, handle, signal);
  const note = `Bringing ${planInWords(plan)}.`;
  if (outcome === null) return { state: "under way", note };
  if ("trouble" in outcome) {
    if (performance.now() >= outcome.at + AGAIN_MS) underWay.delete(session.id);
    return { state: "under way", note: `${note} ${outcome.trouble}` };
  }
  underWay.delete(session.id);
  return outcome.ok ? { state: "done" } : { state: "failed", why: outcome.why };
}

function begin(session: StoredSession, plan: StagingPlan, handle: Handle, signal: AbortSignal): Bringing {
  const bringing: Bringing = { outcome: null };
  const launcher = launcherOf(session.platform);
  const bring = async (limit: AbortSignal) =>
    stageInSession(await launcher.open(handle, limit), plan, limit, { authorities: launcher.authorities });
  const end = (outcome: Bringing["outcome"]) => {
    bringing.outcome = outcome;
    const forget = () => underWay.get(session.id) === bringing && underWay.delete(session.id);
    setTimeout(forget, KEPT_MS).unref();
  };
  underWay.set(session.id, bringing);
  withinTime(signal, session.launchSeconds * 1000, bring).then(end, (error: unknown) =>
    end({ trouble: inWords(error), at: performance.now() }),
  );
  return bringing;
}

/** What others throw may hold the address with its secret: it is not shown. */
function inWords(error: unknown): string {
  if (error instanceof LaunchError || error instanceof StagingTrouble) return error.message;
  const code = errorCode(error);
  return `Its Jupyter does not answer as it should${code === null ? "" : ` (${code})`}; it is asked again.`;
}
