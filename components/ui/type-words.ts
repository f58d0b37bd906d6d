import type { ExecutableType } from "#lib/booking/executable.ts";
import type { IconName } from "./icon.tsx";

/** A kind of session as people read it: its word, its mark, and what the button says that opens it. */
export interface TypeWords {
  readonly word: string;
  readonly icon: IconName;
  /** Null: there is nothing to open. */
  readonly open: string | null;
}

export const typeWords: Record<ExecutableType, TypeWords> = {
  notebook: { word: "notebook", icon: "notebook", open: "Open notebook" },
  desktop: { word: "desktop", icon: "desktop", open: "Open desktop" },
  carta: { word: "CARTA", icon: "carta", open: "Open CARTA" },
  contributed: { word: "contributed", icon: "contributed", open: "Open" },
  firefly: { word: "Firefly", icon: "firefly", open: "Open Firefly" },
  headless: { word: "headless", icon: "headless", open: null },
};
