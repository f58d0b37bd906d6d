import { type Session, statusOf } from "./session.ts";
import type { World } from "./world.ts";

/** `view=stats`: what is asked for now, and the whole capacity. */
export function statsOf(world: World) {
  const now = world.clock.now();
  const running = [...world.sessions.values()].filter((one) => statusOf(one, now) === "Running");
  const sum = (of: (session: Session) => number) => running.reduce((total, one) => total + of(one), 0);
  const { cores, ramGiB } = world.platform;
  // JSON on the platform writes 1.0; a number is a number to every reader.
  return {
    cores: {
      requestedCPUCores: sum((one) => one.cores ?? 1),
      cpuCoresAvailable: cores,
      maxCPUCores: { cpuCores: 16, withRam: "206.16G" },
    },
    ram: {
      requestedRAM: `${sum((one) => one.ramGiB ?? 4)}G`,
      ramAvailable: `${ramGiB}G`,
      maxRAM: { ram: "206.16G", withCPUCores: 16 },
    },
  };
}
