/** What a request is answered, before it is written to the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
  /** What goes wrong on the way: nothing by default. */
  readonly wire?: "reset" | "half" | "hang";
}

export const answer = (status: number, type: string, body: string, headers: Answer["headers"] = {}): Answer => ({
  status,
  headers: { "content-type": type, ...headers },
  body,
});

/** The REST library's way: the message and a newline. */
export const text = (status: number, message: string, headers: Answer["headers"] = {}): Answer =>
  answer(status, "text/plain", message === "" ? "" : `${message}\n`, headers);

/** The authentication layer's 401 and the 500 have no newline. */
export const bare = (status: number, message: string, headers: Answer["headers"] = {}): Answer =>
  answer(status, "text/plain", message, headers);

export const json = (body: unknown, status = 200, headers: Answer["headers"] = {}): Answer =>
  answer(status, "application/json", `${JSON.stringify(body, null, 2)}\n`, headers);

export const page = (status: number, title: string, content = "", headers: Answer["headers"] = {}): Answer =>
  answer(
    status,
    "text/html; charset=utf-8",
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>` +
      `<body><h1>${escapeHtml(title)}</h1>${content}</body></html>\n`,
    headers,
  );

export const redirect = (to: string, headers: Answer["headers"] = {}): Answer =>
  answer(302, "text/plain", "", { location: to, ...headers });

export const unexpected = (why: string): Answer => bare(500, `unexpected exception: ${why}`);

export const escapeHtml = (words: string) => words.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
