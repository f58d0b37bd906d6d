import { userInfo } from "node:os";
import { resizeSlots } from "#lib/broker/resize-slots.ts";
import { Trouble } from "../trouble.ts";
import type { Command } from "./command.ts";

/** `meridian slots --platform NAME --slot-minutes N --window-hours N` */
export const slots: Command = {
  name: "slots",
  summary: "changes how a platform cuts time, keeping every booking",
  help: `npm run -s meridian -- slots --platform NAME [--slot-minutes N] [--window-hours N]

Changes how long a slot is (a divisor of a day, in minutes) and how far ahead one can book (whole slots, up to 168 hours).
Every booking keeps its time. It stands in each new slot that it touches; what is above a limit by that is honoured until it
is over. People who book wait for the moment that this takes; offers that are held stay.`,
  options: { platform: { type: "string" }, "slot-minutes": { type: "string" }, "window-hours": { type: "string" } },
  async run(values) {
    const { platform, "slot-minutes": minutes, "window-hours": hours } = values;
    if (typeof platform !== "string") throw new Trouble("Which platform? --platform NAME");
    if (minutes === undefined && hours === undefined)
      throw new Trouble("Give --slot-minutes N, --window-hours N, or both.");
    const number = (text: unknown) => (text === undefined ? undefined : Number(text));
    const result = await resizeSlots({
      platformName: platform,
      ...(minutes === undefined ? {} : { slotMinutes: number(minutes) }),
      ...(hours === undefined ? {} : { windowHours: number(hours) }),
      admin: { name: userInfo().username },
      now: Date.now(),
    });
    if (!result.ok) throw new Trouble(result.error.sentence);
    const { slotMinutes, windowHours } = result.value;
    console.log(`${platform} has slots of ${slotMinutes} minutes, and one can book ${windowHours} hours ahead.`);
    return 0;
  },
};
