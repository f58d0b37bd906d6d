/**
 * An address without what lets one in: user and password before its host, query and fragment. What is no address is cut like one; an
 * image with its digest (`name@sha256:…`) stays whole.
 */
export function bareAddress(text: string): string {
  const start = /^\s*(?:[a-z][a-z\d+.-]*:[/\\]+|[/\\]*)/i.exec(text)?.[0] ?? "";
  const rest = text.slice(start.length);
  const userinfo = entries.map((entry) => entry.exec(rest)?.[0]).find((found) => found !== undefined) ?? "";
  return start + rest.slice(userinfo.length).replace(/[?#].*$/s, "");
}

const entries = [
  /^[^/\\?#]*@(?!sha\d+:)/i,
  // A password with a slash or a question mark in it: what is behind the first colon is no port.
  /^[^/\\?#@[:]*:(?!\d*(?:[/\\?#]|$)).*@(?!sha\d+:)/is,
];
