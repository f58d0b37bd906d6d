/** What may come next: a value, one or the end of its list, a name, one or the end of its object, or what follows those. */
type Next = "value" | "item" | "name" | "member" | "colon" | "separator";

const token = /[ \t\r\n]*("[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+)/sy;

/**
 * Where a text stops being JSON, by its brackets, commas and colons; its end, when something is missing there. Null when those
 * are right. For texts that JSON.parse has refused: V8 does not always say where.
 */
export function firstMisplaced(text: string): number | null {
  const open: ("{" | "[")[] = [];
  let next: Next = "value";
  token.lastIndex = 0;
  for (let end = 0; ; end = token.lastIndex) {
    const [, found] = token.exec(text) ?? [];
    if (found === undefined) {
      const rest = text.slice(end).trimStart();
      return rest !== "" ? text.length - rest.length : next === "separator" && open.length === 0 ? null : text.length;
    }
    const after = follows(found, next, open);
    if (after === null) return token.lastIndex - found.length;
    next = after;
  }
}

function follows(found: string, next: Next, open: ("{" | "[")[]): Next | null {
  const takesValue = next === "value" || next === "item";
  switch (found) {
    case "{":
    case "[":
      if (!takesValue) return null;
      open.push(found);
      return found === "{" ? "member" : "item";
    case "}":
    case "]": {
      const isEnd = next === "separator" || next === (found === "}" ? "member" : "item");
      return isEnd && open.pop() === (found === "}" ? "{" : "[") ? "separator" : null;
    }
    case ":":
      return next === "colon" ? "value" : null;
    case ",":
      if (next !== "separator" || open.length === 0) return null;
      return open.at(-1) === "{" ? "name" : "value";
    default:
      if (takesValue) return "separator";
      return (next === "name" || next === "member") && found.startsWith('"') ? "colon" : null;
  }
}
