/** What this process has seen of a session. Its id stays here: it is neither stored nor logged. */
export interface Seen {
  readonly id: string;
  /** Whether its link has answered since it last ran. */
  readonly answers: boolean;
  readonly ran: boolean;
  /** Its events as they were last read; null: they are to be read anew. */
  readonly events: { readonly table: string; readonly at: number } | null;
  /** The events of when it last ran that say that it ran out of memory. */
  readonly knownKills: string;
  /** Since when no list has it, and since when its image has been refused, on this process's own clock. */
  readonly missingSince: number | null;
  readonly refusedSince: number | null;
}

const fresh = (id: string): Seen => ({
  id,
  answers: false,
  ran: false,
  events: null,
  knownKills: "",
  missingSince: null,
  refusedSince: null,
});

/** What a process remembers of sessions, by their names. */
export function makeSeen(doubtMs: number) {
  const seen = new Map<string, Seen>();
  return {
    get: (name: string): Seen | undefined => seen.get(name),
    forget: (name: string): void => void seen.delete(name),
    /** Notes what was seen of a session; another id is another session, of which nothing else is known yet. */
    note(name: string, id: string, more: Partial<Seen> = {}): void {
      const before = seen.get(name);
      seen.set(name, { ...(before?.id === id ? before : fresh(id)), ...more });
    },
    /** Whether `what` has been so for long enough to be believed; the first time it is only noted. */
    isCertain(name: string, what: "missingSince" | "refusedSince"): boolean {
      const before = seen.get(name) ?? fresh("");
      const since = before[what] ?? performance.now();
      seen.set(name, { ...before, [what]: since });
      return performance.now() - since >= doubtMs;
    },
  };
}
