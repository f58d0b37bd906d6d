/** What the answers so far have named: addresses, tags and cursors that lead somewhere, the newest last. */
export class KnownPlaces {
  readonly folders = new Map<string, string[]>();
  readonly cursors: string[] = [];
  readonly tags: string[] = [];

  /** Learns from an answer. */
  learn(text: string, tag: string | null): void {
    for (const [, folder = "", id = ""] of text.matchAll(/\/(\w+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g)) {
      const ids = this.folders.get(folder) ?? [];
      this.folders.set(folder, ids);
      if (!ids.includes(id)) keep(ids, id);
    }
    for (const [, cursor = ""] of text.matchAll(/[?&]cursor=([\w-]+)/g)) keep(this.cursors, cursor);
    if (tag) keep(this.tags, tag);
  }

  of(folder: string): readonly string[] {
    return this.folders.get(folder) ?? [];
  }
}

function keep(list: string[], item: string): void {
  list.push(item);
  if (list.length > 60) list.shift();
}
