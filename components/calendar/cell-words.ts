import type { IconName } from "#components/ui/icon.tsx";
import { phaseWords } from "#components/ui/phase-words.ts";
import { typeWords } from "#components/ui/type-words.ts";
import type { ResourceName } from "#lib/booking/resources.ts";
import { resourceInWords, shapeInWords } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { holdLeft, lasting, timeLeft } from "#lib/client/time-left.ts";
import { clock } from "#lib/client/zoned-time.ts";
import type { SlotCell } from "./slot-cells.ts";

/** What a cell says. `unseen` is read out only: where a short word on screen would be too short for the ear. */
export interface CellWords {
  readonly icon: IconName;
  readonly state: string;
  readonly figure: string;
  readonly why: string;
  readonly unseen: string;
}

const resourceWords: Record<ResourceName, string> = { cores: "cores", memoryGiB: "memory", gpus: "GPUs" };
const owner = { platform: "", project: "project’s ", user: "my " } as const;

export function cellWords(cell: SlotCell, now: Millis, zone: string): CellWords {
  switch (cell.kind) {
    case "mine":
      return mineWords(cell, now);
    case "held":
      return {
        icon: "held",
        state: "Held",
        figure: timeLeft(holdLeft(cell.offer?.expiresAt ?? now, now)),
        why: `offer ${cell.offerNumber}`,
        unseen: ", time left to decide; choose it to see the offer",
      };
    case "fits": {
      const { times } = cell.fit;
      const often = times === 1 ? "once" : `${times} times`;
      return {
        icon: "fits",
        state: "Fits",
        figure: `×${times}`,
        why: leftWords(cell, zone),
        unseen: `, the scarcest; this shape fits ${often}`,
      };
    }
    case "smaller":
      return {
        icon: "smaller",
        state: "Fits smaller",
        figure: "",
        why: leftWords(cell, zone),
        unseen: `, the scarcest; at most ${shapeInWords(cell.most)}`,
      };
    case "full":
      return {
        icon: "full",
        state: "Full",
        figure: "0",
        why: noneWords(cell),
        unseen: "; choose it to see other ways",
      };
    case "late":
      return { icon: "beyond", state: "Too late", figure: "", why: "ends past the window", unseen: " one can book in" };
    case "soon":
      return { icon: "beyond", state: "Starts too soon", figure: "", why: "only “now” gets it", unseen: "" };
    case "closed":
      return { icon: "closed", state: "Closed", figure: "", why: cell.closed ?? "", unseen: "" };
  }
}

function mineWords({ session, moreSessions, start, end }: SlotCell, now: Millis): CellWords {
  if (session === null) throw new Error("A cell that is mine has a session.");
  const isNow = start <= now && now < end;
  // What runs or is made ready does so now; a slot that has not begun is booked.
  const words = isNow || session.startsAt > now ? phaseWords[session.phase] : { word: "Yours", icon: "mine" as const };
  const more = moreSessions > 0 ? `, and ${moreSessions} more` : "";
  return {
    icon: words.icon,
    state: words.word,
    figure: isNow && session.endsAt > now ? lasting(Math.min(session.endsAt, end) - now) : "",
    why: `${typeWords[session.executable.type].word}, ${resourceInWords("cores", session.resources.cores)}${more}`,
    unseen: "; opens the session",
  };
}

/** "memory: 34 GiB left", and "16:00 memory: 2 GiB left" when another slot of the session is the tightest. */
function leftWords({ fit, tightest, start }: SlotCell, zone: string): string {
  const { resource, account, left } = fit.scarcity;
  const unit = resource === "memoryGiB" ? " GiB" : "";
  const at = tightest === start ? "" : `${clock(tightest, zone)} `;
  return `${at}${owner[account]}${resourceWords[resource]}: ${left}${unit} left`;
}

function noneWords({ fit }: SlotCell): string {
  const { resource, account } = fit.scarcity;
  return account === "platform"
    ? `no ${resourceWords[resource]} left`
    : `none of ${owner[account]}${resourceWords[resource]} left`;
}
