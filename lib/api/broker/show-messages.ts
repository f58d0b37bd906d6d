import { isOver } from "#lib/booking/phase.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { inWords, type Message } from "../standard/message.ts";
import type { ScheduledSession } from "../standard/sessions.ts";
import { keptOf } from "./kept-request.ts";
import type { ShownSession } from "./shown-session.ts";

type MessageItem = NonNullable<NonNullable<ScheduledSession["meta"]>["messages"]>[number];

/** A message with its time and its sentence. */
export const messageItem = (message: Message, at: Millis): MessageItem => ({
  kind: message.kind,
  time: new Date(at).toISOString(),
  level: message.level,
  template: message.template,
  values: { ...message.values },
  message: inWords(message),
});

/** Messages at a time, each once: several platforms may have said the same. */
export const messageItems = (messages: readonly Message[], at: Millis): MessageItem[] => {
  const said = new Set<string>();
  return messages
    .map((message) => messageItem(message, at))
    .filter((item) => {
      const text = JSON.stringify(item);
      return !said.has(text) && said.add(text);
    });
};

/** What is to be said of a session: of its request, of why it is where it is, and of what is in its way. */
export function showMessages(session: ShownSession): MessageItem[] {
  const { asked, createdAt, phase, phaseSince, reason, note, isCovered, releaseTrouble, releasedAt } = session;
  const said = keptOf(asked).messages ?? [];
  const items = messageItems(said, createdAt);
  const say = (level: Message["level"], what: string) =>
    items.push(
      messageItem(
        { kind: "urn:session-history", level, template: "{what}", values: { path: "/phase", what } },
        phaseSince,
      ),
    );
  if (reason) say(phase === "FAILED" ? "ERROR" : "INFO", reason);
  if (note && !isOver(phase) && phase !== "RELEASING") say("INFO", note);
  if (!isCovered && !isOver(phase)) {
    say("WARN", "Its owner has to sign in again: Meridian has nothing to act with for them.");
  }
  if (releaseTrouble && releasedAt === null) say("WARN", releaseTrouble);
  return items;
}
