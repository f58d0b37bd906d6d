import { move, openComponent } from "./component.ts";
import { minAndMax } from "./min-and-max.ts";
import { type Notes, refuse } from "./notes.ts";
import { change, close, type Placed, take } from "./placed.ts";
import { quantity } from "./quantity.ts";

/** A storage resource from its older shapes. Storage that should outlive the session makes the answer NO. */
export function normaliseStorage(sent: Placed, notes: Notes): Placed {
  const component = openComponent(sent, notes);
  if (component === null) return sent;
  const { fields } = component;
  minAndMax(fields, "size", notes);
  change(fields, "size", (size) => quantity(size, "GiB", notes));
  move(fields, "resources", "data", notes);
  for (const key of ["lifecycle", "lifetime"]) {
    const field = take(fields, key);
    if (field === undefined) continue;
    const template = "Storage lives as long as its session: a {name} of its own cannot be asked for.";
    refuse(notes, "urn:not-supported", { path: field.path, used: field.value, template, more: { name: key } });
  }
  return { ...sent, value: close(fields) };
}
