/** A sentence in which `words between backticks` are code. */
export function Prose({ text }: { text: string }) {
  return text.split("`").map((part, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
    at % 2 === 1 ? <code key={at}>{part}</code> : part,
  );
}
