import { v7 as uuidv7 } from "uuid";
import { componentId, ofComponent } from "#lib/api/broker/component-id.ts";
import { sessionName } from "#lib/booking/session-name.ts";
import type { Millis } from "#lib/booking/slot.ts";

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Answers as they are published: what is random in them is numbered in the order it appears in, and everything that is derived of
 * it follows, so that references, addresses and names still lead where they led. The same answers, the same text, however
 * often they were given. `now` is the time that the identifiers are of. Takes what JSON can say; nothing else is changed.
 */
export function stable<T>(answers: T, now: Millis): T {
  const text = JSON.stringify(answers);
  const known = new Map<string, string>();
  let count = 0;
  const renamed = (id: string): string => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const component = ofComponent(id);
    const made = component ? componentId(renamed(component.sessionId), component.number) : numbered(++count, now);
    known.set(id, made);
    return made;
  };
  const withIds = text.replaceAll(UUID, renamed);
  const isSession = (id: string) => ofComponent(id) === null;
  const names = [...known].filter(([id]) => isSession(id)).map((pair) => pair.map(sessionName) as [string, string]);
  return JSON.parse(names.reduce((all, [old, made]) => all.replaceAll(old, made), withIds));
}

/** The identifier of that number: of version 7, as all of ours, with nothing random in it. */
function numbered(number: number, now: Millis): string {
  const random = Buffer.alloc(16);
  random.writeUInt32BE(number, 12);
  return uuidv7({ msecs: now, seq: 0, random });
}
