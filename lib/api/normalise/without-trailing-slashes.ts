/** The path without the slashes at its end; what is only slashes stays as it is. */
export function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === "/") end -= 1;
  return end === 0 ? path : path.slice(0, end);
}
