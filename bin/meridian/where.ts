/** The options of what asks for a session. */
export const whereOptions = { platform: { type: "string" }, project: { type: "string" } } as const;

export const whereHelp = `  --platform  where it is to run; left out: wherever it fits
  --project   what it counts for; left out: your own project there`;

/** Where it is to run, and what it counts for, as far as it was said. */
export const whereOf = ({ platform, project }: Readonly<Record<string, unknown>>) => ({
  ...(typeof platform === "string" && { platform }),
  ...(typeof project === "string" && { project }),
});
