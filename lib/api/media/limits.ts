/** How much of a body is read before it is refused. A request of the standard stays far below all of them. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Objects and lists inside each other. */
export const MAX_DEPTH = 64;

/** Values in a body: objects, lists, strings, numbers; what YAML repeats by an alias counts each time. */
export const MAX_NODES = 20_000;

/** Names that reach into JavaScript's own objects. Nothing of the standard is called so. */
export const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
