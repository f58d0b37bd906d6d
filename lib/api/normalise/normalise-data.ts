import { kinds } from "#lib/api/standard/kinds.ts";
import { isObject } from "../media/json-value.ts";
import { openComponent, put } from "./component.ts";
import type { Notes } from "./notes.ts";
import { below, close, open, type Placed, take } from "./placed.ts";

/** Where the older fields of a Rucio resource stand now, in `rucio`. */
const inRucio: ReadonlyMap<string, string> = new Map([
  ["endpoint", "endpoint"],
  ["domain", "scope"],
  ["object", "object"],
]);

/** A data resource from its older shapes. The size hint `ivoa.obscore.access_estsize` stays where it is. */
export function normaliseData(sent: Placed, notes: Notes): Placed {
  const component = openComponent(sent, notes);
  if (component === null) return sent;
  const { fields, path } = component;
  const block = fields.get("rucio") ?? { value: {}, path: below(path, "rucio") };
  if (fields.get("kind")?.value === kinds.data.rucio && isObject(block.value)) {
    const rucio = open(block.value, block.path);
    for (const [older, newer] of inRucio) {
      const field = take(fields, older);
      if (field !== undefined) put(rucio, newer, field, { used: older, instead: `rucio/${newer}`, notes });
    }
    if (rucio.size > 0) fields.set("rucio", { ...block, value: close(rucio) });
  }
  return { ...sent, value: close(fields) };
}
