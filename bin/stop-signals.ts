/** The terminal sends Ctrl-C to the whole group and npm passes it on as well: one press arrives twice. */
const SAME_PRESS_MS = 500;
const LOOK_FOR_NPM_MS = 1_000;

export interface StopSignals {
  /** Aborted at the first wish to stop. */
  readonly stop: AbortSignal;
  /** Aborted at the second: whoever asks twice does not want to wait. */
  readonly hard: AbortSignal;
}

/** Listens to Ctrl-C, `kill`, a closing terminal, and to npm's end when npm started us. */
export function listenForStop(): StopSignals {
  const stop = new AbortController();
  const hard = new AbortController();
  let firstAt = 0;
  const asked = (why: string) => {
    if (!stop.signal.aborted) {
      firstAt = performance.now();
      stop.abort(why);
    } else if (performance.now() - firstAt > SAME_PRESS_MS) {
      hard.abort(why);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => asked(signal));
  if (process.env.npm_lifecycle_event) watchParent(() => stop.abort("npm ended"));
  return { stop: stop.signal, hard: hard.signal };
}

/** Without npm nobody shows what we print and nobody passes Ctrl-C on. (Aborting twice does nothing.) */
function watchParent(gone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, LOOK_FOR_NPM_MS);
  timer.unref();
}
