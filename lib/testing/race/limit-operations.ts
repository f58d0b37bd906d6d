import { slotLength, slotStart } from "#lib/booking/slot.ts";
import { applyLimitChange, type LimitChange, previewLimitChange } from "#lib/broker/change-limits.ts";
import type { Operation, Turn } from "./turn.ts";

const admin = { name: "an administrator" };

/** What administrators do meanwhile. Limits are never higher than at first: whatever happens, no slot may be above those. */
export const limitOperations: readonly Operation[] = [
  {
    name: "change limits",
    weight: 0.5,
    run: async (turn) => {
      const account = turn.random.pick(turn.crowd.accounts);
      if (!account) return "NOTHING";
      const { cores, memoryGiB, gpus } = account.limits;
      const lower = turn.random.oneIn(2);
      const limits = lower ? { cores: Math.ceil((cores * 3) / 4), memoryGiB, gpus } : { cores, memoryGiB, gpus };
      const coreHours = turn.random.oneIn(8) ? cores * 12 : null;
      return change(turn, { accountId: account.id, limits: { ...limits, coreHours }, policy: somePolicy(turn) });
    },
  },
  {
    name: "close or open slots",
    weight: 0.3,
    run: async (turn) => {
      const { random, crowd, now } = turn;
      const account = crowd.accounts.find(({ kind }) => kind === "platform");
      if (!account) return "NOTHING";
      const from = slotStart(crowd.platform, now) + random.between(0, 20) * slotLength(crowd.platform);
      const isClosing = random.oneIn(4);
      const until = from + (isClosing ? 1 : 24) * slotLength(crowd.platform);
      const close = { from, until, reason: isClosing ? "maintenance" : null };
      return change(turn, { accountId: account.id, close, policy: somePolicy(turn) });
    },
  },
];

const somePolicy = ({ random }: Turn): "keep" | "cancel" => (random.oneIn(2) ? "keep" : "cancel");

async function change({ now }: Turn, wanted: LimitChange): Promise<string> {
  const preview = await previewLimitChange(wanted, now);
  if (!preview.ok) return preview.error[0]?.code ?? "NO";
  const { seen } = preview.value;
  const answer = await applyLimitChange({ change: wanted, seen, why: "", admin, now });
  return answer.ok ? "YES" : (answer.error[0]?.code ?? "NO");
}
