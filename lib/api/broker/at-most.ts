import type { Message } from "../standard/message.ts";

/** More messages of one sort help nobody. */
const MOST = 50;

/** At most 50 messages of each kind and level; one more says how many there were besides. What was a NO stays one. */
export function atMost(messages: readonly Message[]): Message[] {
  const counts = new Map<string, { readonly first: Message; count: number }>();
  const said = messages.filter((message) => {
    const sort = `${message.level} ${message.kind}`;
    const seen = counts.get(sort) ?? { first: message, count: 0 };
    counts.set(sort, seen);
    seen.count += 1;
    return seen.count <= MOST;
  });
  for (const { first, count } of counts.values()) if (count > MOST) said.push(andMore(first, count - MOST));
  return said;
}

const andMore = ({ kind, level }: Message, more: number): Message => ({
  kind,
  level,
  template: "And {more} more of these, in the whole request ({path}).",
  values: { path: "/", more: String(more) },
});
