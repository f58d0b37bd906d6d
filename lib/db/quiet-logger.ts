import { Logger } from "graphile-worker";

/** A logger for graphile-worker that says only what a person has to know. */
export const quiet = new Logger(() => (level, message) => {
  if (level === "error" || level === "warning") console.error(message);
});
