import type { SessionView } from "#lib/api/view.ts";
import { durationStep } from "./request-draft.ts";

/** The calendar's address with the form filled as this session was, in the words of the science portal's own links. */
export function bookAgain(session: SessionView, slotMinutes: number): string {
  const slots = Math.max(1, Math.floor((session.endsAt - session.startsAt) / (slotMinutes * 60_000)));
  const { cores, memoryGiB, gpus } = session.resources;
  const { type, image, command, args, environment } = session.executable;
  const form = new URLSearchParams({
    type,
    ...(image && { image }),
    cores: String(cores),
    memory: String(memoryGiB),
    gpus: String(gpus),
    duration: String(slots * durationStep({ slotMinutes })),
    ...(command && { cmd: command }),
    ...(args && { args }),
  });
  for (const [name, value] of Object.entries(environment ?? {})) form.append("env", `${name}=${value}`);
  return `/calendar?${form}`;
}
