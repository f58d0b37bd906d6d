import { type Millis, slotStart } from "#lib/booking/slot.ts";
import { applyLimitChange, type LimitChange, previewLimitChange } from "#lib/broker/change-limits.ts";
import { database } from "#lib/db/client.ts";
import type { World } from "./people.ts";

const HOUR = 3_600_000;
const admin = { name: "an administrator" };

/** Plans what the administrator does on a day: some days other limits, some days slots closed for maintenance. */
export function planOffice(world: World, midnight: Millis): void {
  const { random, agenda, universe } = world;
  const somewhen = () => midnight + (8 + random.next() * 9) * HOUR;
  const policy = () => (random.oneIn(2) ? ("keep" as const) : ("cancel" as const));
  if (random.oneIn(3)) {
    agenda.add(somewhen(), async () => {
      const limits = { cores: random.between(4, 10), coreHours: random.oneIn(3) ? random.between(40, 120) : null };
      const kind = random.oneIn(2) ? "platform" : "project";
      await change(world, { accountId: await accountOf(universe.platform.id, kind), limits, policy: policy() });
    });
  }
  if (random.oneIn(4)) {
    agenda.add(somewhen(), async () => {
      const from = slotStart(universe.platform, world.clock.now) + random.between(1, 20) * HOUR;
      const close = { from, until: from + random.between(1, 4) * HOUR, reason: "maintenance" };
      await change(world, { accountId: await accountOf(universe.platform.id, "platform"), close, policy: policy() });
    });
  }
}

async function change({ clock, count }: World, wanted: LimitChange): Promise<void> {
  const preview = await previewLimitChange(wanted, clock.now);
  if (!preview.ok) throw new Error(`a change of limits was refused: ${JSON.stringify(preview.error)}`);
  const { seen, cancelled, honoured } = preview.value;
  const applied = await applyLimitChange({ change: wanted, seen, why: "", admin, now: clock.now });
  count(applied.ok ? "changes of limits" : "changes of limits refused");
  for (const _ of cancelled) count("ended by a change of limits");
  for (const _ of honoured) count("honoured above a limit");
}

async function accountOf(platformId: string, kind: "platform" | "project"): Promise<string> {
  return String((await database().prisma.account.findFirstOrThrow({ where: { platformId, kind } })).id);
}
