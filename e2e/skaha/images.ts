import type { Fault } from "./session.ts";

export const REGISTRIES = ["images.canfar.net"];

export const imageTypes = ["carta", "contributed", "desktop", "desktop-app", "firefly", "headless", "notebook"];

const at = (name: string) => `images.canfar.net/skaha/${name}`;
const both = ["notebook", "headless"];

const known: Readonly<Record<string, readonly string[]>> = {
  [at("base-notebook:latest")]: both,
  [at("astroml:latest")]: both,
  [at("desktop:latest")]: ["desktop"],
  [at("terminal:latest")]: ["desktop-app"],
  [at("carta:latest")]: ["carta"],
  [at("vscode:latest")]: ["contributed"],
  [at("firefly:2025.2")]: ["firefly"],
  [at("bad-image:latest")]: both,
  [at("unschedulable:latest")]: both,
  [at("flap:latest")]: both,
  [at("out-of-memory:latest")]: both,
  [at("slow:latest")]: both,
  [at("late:latest")]: both,
};

/** What happens to these images without any administration request. */
export const faultOfImage: Readonly<Record<string, Fault>> = {
  [at("bad-image:latest")]: { kind: "bad-image" },
  [at("unschedulable:latest")]: { kind: "unschedulable" },
  [at("flap:latest")]: { kind: "flap", afterMs: 1_000, forMs: 1_000 },
  [at("out-of-memory:latest")]: { kind: "out-of-memory", afterMs: 1_000 },
};

/** POST answers later than a client of the platform waits (30 s). `late` also creates the session only after that. */
export const slowOfImage: Readonly<Record<string, { createAfterMs: number; answerAfterMs: number }>> = {
  [at("slow:latest")]: { createAfterMs: 0, answerAfterMs: 35_000 },
  [at("late:latest")]: { createAfterMs: 32_000, answerAfterMs: 35_000 },
};

/** Public: to be launched without a registry secret. */
export const isListed = (image: string) => image in known;

/** Images that exist but are not public: everything in the project `private`. */
export const isPrivate = (image: string) => image.startsWith("images.canfar.net/private/");

/** Null for a type that is not in the list, in exactly this case. */
export function imagesOf(type: string | null) {
  if (type !== null && !imageTypes.includes(type)) return null;
  return Object.entries(known)
    .filter(([, types]) => type === null || types.includes(type))
    .map(([id, types]) => ({ id, types: [...types], digest: digestOf(id) }));
}

const digestOf = (id: string) => `sha256:${Buffer.from(id).toString("hex").padEnd(64, "0").slice(-64)}`;
