import type { StagedFile } from "./staged-file.ts";

/** The kinds of session there are, in the order people know them in. A headless one is a program without a page. */
export const executableTypes = ["notebook", "desktop", "carta", "contributed", "firefly", "headless"] as const;
export type ExecutableType = (typeof executableTypes)[number];

export const isExecutableType = (word: string): word is ExecutableType =>
  (executableTypes as readonly string[]).includes(word);

/**
 * What to run. `image` is null where the platform has one environment only (this machine). Only a headless session may have
 * the other three; what was stored before there were any has none of them.
 */
export interface Executable {
  readonly type: ExecutableType;
  readonly image: string | null;
  /** Instead of the image's own program. */
  readonly command?: string | null;
  /** Split at spaces by the platform. */
  readonly args?: string | null;
  readonly environment?: Readonly<Record<string, string>>;
  /** Of a notebook session: the address of a notebook that is brought to it and opened in it. */
  readonly notebook?: string | null;
  /** Of a notebook session: what is brought to its folder, and folders that are to be there, before it can be used. */
  readonly files?: readonly StagedFile[];
  readonly folders?: readonly string[];
}

/** How a sentence speaks of what runs: "the notebook", "CARTA". */
export const typeInWords: Readonly<Record<ExecutableType, string>> = {
  notebook: "the notebook",
  desktop: "the desktop",
  carta: "CARTA",
  contributed: "the application",
  firefly: "Firefly",
  headless: "the program",
};

/** The same at the beginning of a sentence: "The notebook", "CARTA". */
export function typeAsSubject(type: ExecutableType): string {
  const words = typeInWords[type];
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether it has a page that its owner can open. */
export const hasPage = (type: ExecutableType): boolean => type !== "headless";

/** The beginning of why it failed, when it never came so far that it could be used. */
export const neverAnswered = (type: ExecutableType): string =>
  `${typeAsSubject(type)} did not ${hasPage(type) ? "answer" : "start"}`;

/** "python fit.py --all", or null when the image's own program runs. */
export const commandLine = ({ command, args }: Executable): string | null =>
  command || args ? [command ?? "…", args].filter(Boolean).join(" ") : null;
