import { watch } from "node:fs";
import path from "node:path";
import { root } from "./build.ts";

const SETTLE_MS = 300;

/** Calls `changed` after a file that the worker may have loaded was saved; many at once count as one. */
export function onLibraryChange(stop: AbortSignal, changed: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  watch(path.join(root, "lib"), { recursive: true, signal: stop }, (_event, file) => {
    if (!file || !/\.ts$/.test(file) || /\.test\.ts$/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS);
  }).on("error", () => undefined); // changes that cannot be watched: start the worker again by hand
}
