import type { SessionView } from "#lib/api/view.ts";
import { durationStep } from "./request-draft.ts";

/** The calendar's address with the form filled as this session was. */
export function bookAgain(session: SessionView, slotMinutes: number): string {
  const slots = Math.max(1, Math.floor((session.endsAt - session.startsAt) / (slotMinutes * 60_000)));
  const { cores, memoryGiB, gpus } = session.resources;
  const form = new URLSearchParams({
    cores: String(cores),
    memoryGiB: String(memoryGiB),
    gpus: String(gpus),
    duration: String(slots * durationStep({ slotMinutes })),
  });
  if (session.executable.image) form.set("image", session.executable.image);
  return `/calendar?${form}`;
}
