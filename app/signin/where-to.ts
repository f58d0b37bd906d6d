/** Where to go after the door: a page of this site, never an address that leads elsewhere. */
export function whereTo(from: string | readonly string[] | undefined): string {
  return typeof from === "string" && /^\/(?![/\\])[\w\-./?=&%]*$/.test(from) ? from : "/calendar";
}
