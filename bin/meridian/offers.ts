import type { OfferSetResponse } from "#lib/client/broker/generated/schema.d.ts";
import { asItCame, print } from "./as-it-came.ts";
import type { Command } from "./command.ts";
import { firstOf, howMany } from "./first-of.ts";
import { remoteHelp, remotely } from "./remotely.ts";
import { inUtc, offerSetLines, table } from "./show.ts";
import { uuidOf } from "./uuid-of.ts";

/** `meridian offers [UUID]` */
export const offers: Command = {
  name: "offers",
  summary: "shows what was offered to you",
  help: `npm run -s meridian -- offers [UUID] [--limit N] [--json | --yaml]

Lists your offer sets, the newest first, or shows the offers of one of them.

  --limit         how many at most, 20 when left out
  --json, --yaml  the answer as it came

Example: npm run -s meridian -- offers --limit 3

${remoteHelp}`,
  options: { limit: { type: "string" }, ...asItCame },
  takes: "[UUID]",
  isRemote: true,
  run: (values, uuid) => {
    const id = uuid === undefined ? null : uuidOf(uuid);
    const many = howMany(values.limit);
    return remotely(async (broker) => {
      if (id !== null) {
        const { value } = await broker.offerSet(id);
        print(values, value, () => offerSetLines(value));
        return 0;
      }
      const sets = await firstOf(many, broker.offerSets({ limit: Math.min(many, 100) }));
      print(values, sets, () => (sets.length > 0 ? setTable(sets) : ["Nothing was offered to you yet."]));
      return 0;
    });
  },
};

const setTable = (sets: readonly OfferSetResponse[]): string[] =>
  table(
    ["OFFER SET", "ANSWER", "OFFERS", "ASKED", "NAME"],
    sets.map(({ meta, result, offers: made = [] }) => [
      meta?.uuid ?? "-",
      result ?? "-",
      String(made.length),
      meta?.created ? inUtc(meta.created) : "-",
      meta?.name ?? "",
    ]),
  );
