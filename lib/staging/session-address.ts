/** What the address says with which an owner enters a session with a Jupyter. */
export interface SessionAddress {
  /** Where Jupyter is, with a slash at its end. */
  readonly base: URL;
  readonly token: string;
  /** The folder that one lands in, below the one that Jupyter shows, with a slash at its end unless it is that one. */
  readonly folder: string;
  /** Whether its pages are those of JupyterLab. */
  readonly isLab: boolean;
}

/**
 * Reads the address of `Launcher.open`: `/lab`, `/lab/tree/<folder>`, `/tree` or `/tree/<folder>` behind whatever the platform puts
 * before it. What is read carries the secret.
 */
export function readSessionAddress(open: URL): SessionAddress {
  const [, before = open.pathname, page = "lab", folder = ""] =
    /^(.*?\/)(lab|tree)(?:(?<=lab)\/tree)?(?:\/(.*))?$/.exec(open.pathname) ?? [];
  const plain = decodeURIComponent(folder).split("/").filter(Boolean).join("/");
  return {
    base: new URL(before.endsWith("/") ? before : `${before}/`, open),
    token: open.searchParams.get("token") ?? "",
    folder: plain === "" ? "" : `${plain}/`,
    isLab: page === "lab",
  };
}

/** The address with which an owner enters a session at a file, which is named from the folder that one lands in. */
export function addressOfFile(open: URL, path: string): URL {
  const { base, folder, isLab } = readSessionAddress(open);
  const encoded = `${folder}${path}`.split("/").map(encodeURIComponent).join("/");
  const address = new URL(`${isLab ? "lab/tree" : "notebooks"}/${encoded}`, base);
  address.search = open.search;
  return address;
}
