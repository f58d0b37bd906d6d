const REPEAT_MS = 15_000;

/** A line on the terminal. It may be closed by now, which must not keep us from stopping in order. */
process.stdout.on("error", () => undefined);
process.stderr.on("error", () => undefined);

const isLive = process.stdout.isTTY === true;
let steps: { readonly title: string; readonly began: number }[] = [];

const seconds = (began: number) => `${((performance.now() - began) / 1000).toFixed(1)} s`;

function draw(): void {
  const step = steps.at(-1);
  if (isLive && step) process.stdout.write(`\r\x1b[K${step.title} … ${seconds(step.began)}`);
}

export function say(line: string): void {
  process.stdout.write(isLive && steps.length > 0 ? `\r\x1b[K${line}\n` : `${line}\n`);
  draw();
}

/**
 * Does `work` and shows what it is and for how long it has been going on: in place on a terminal, in lines now and then
 * elsewhere.
 */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const me = { title, began: performance.now() };
  if (!isLive) say(`${title} …`);
  steps.push(me);
  draw();
  const timer = setInterval(
    () => (isLive ? steps.at(-1) === me && draw() : say(`${title} … ${seconds(me.began)}`)),
    isLive ? 500 : REPEAT_MS,
  );
  let end = "did not succeed";
  try {
    const result = await work();
    end = "done";
    return result;
  } finally {
    clearInterval(timer);
    steps = steps.filter((one) => one !== me);
    if (isLive) process.stdout.write("\r\x1b[K");
    say(`${title}: ${end} (${seconds(me.began)})`);
  }
}
