import type { PlatformChoices } from "#lib/booking/choices.ts";
import type { Executable } from "#lib/booking/executable.ts";
import type { Resources } from "#lib/booking/resources.ts";
import type { Millis } from "#lib/booking/slot.ts";

/** What is to run, for whom, and how big. */
export interface Order {
  /** The session's one name on its platform: ≤ 15 characters of `[a-z0-9-]`, a letter first. Same key, same session. */
  readonly key: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly executable: Executable;
  readonly resources: Resources;
  readonly endsAt: Millis;
}

/** What a launcher needs to find its session again after a restart. Plain JSON, no secrets: it is stored as it is. */
export type Handle = Readonly<Record<string, string | number | boolean | null>>;

/** What the platform says of a session right now. */
export type Sighting =
  /** `note`: what it waits for, a sentence; `isSetback`: it says that something broke, which belongs into its history. */
  | {
      readonly state: "preparing";
      readonly handle: Handle;
      readonly note?: string | null;
      readonly isSetback?: boolean;
    }
  /**
   * `link` answers; it carries no secret: {@link Launcher.open} gives the address that lets the owner in. Null: it runs and has
   * nothing to open.
   */
  | { readonly state: "available"; readonly handle: Handle; readonly link: URL | null }
  /** The platform answered and the session is not there. */
  | { readonly state: "gone"; readonly how: Gone; readonly why: string; readonly log: string };

/** `paused`: the platform itself was stopped, launch again. `closed`: its owner shut it down, or it ran to its end. `lost`: else. */
export type Gone = "paused" | "closed" | "lost";

/** What a platform knows of the use of a session; `null`: it cannot tell. `lastUsed`: 0 when it never was. */
export type Use = { readonly inUse: true } | { readonly inUse: false; readonly lastUsed: Millis } | null;

/**
 * Whether a platform can run sessions at all; if not, a sentence that says why and one that says what to do. `isPassing`: it is
 * expected back by itself, so what is booked stays and more can be booked.
 */
export type Readiness =
  | { readonly ready: true; readonly what: string }
  | { readonly ready: false; readonly why: string; readonly cure: string; readonly isPassing?: boolean | undefined };

/** As many of the last lines of a log as a page shows, and as are kept when a session ends. */
export const LOG_LINES = 200;

/** How often a platform wants to be asked about one session, in milliseconds: while it prepares, and while it runs. */
export interface Pace {
  readonly preparingMs: number;
  readonly runningMs: number;
}

/**
 * One science platform that sessions can run on. To add one: a folder beside ./local, a line in ./registry.ts, and a
 * test that passes it to `describeLauncher` (./contract.ts).
 *
 * Every method may be called again after a crash or a time-out and must then do no harm; gives up when `signal`
 * aborts; throws {@link LaunchError} for trouble, and sees `gone` when the platform answered and the session is not
 * there.
 */
export interface Launcher {
  readonly kind: string;
  readonly pace: Pace;
  /** Whether others run sessions there too: then nothing is an orphan that our database does not know. */
  readonly isShared: boolean;
  /** So long after its end nothing of a session is left there, whoever was asked to end it, in milliseconds; null: it stays. */
  readonly forgetsAfterMs: number | null;
  /** Certificates (PEM) that the addresses of its sessions are trusted with, beside those that everybody trusts. */
  readonly authorities?: string | undefined;
  readiness(signal: AbortSignal): Promise<Readiness>;
  /** Launching the same `order.key` twice, even at once from two processes, must not start two. */
  launch(order: Order, signal: AbortSignal): Promise<Sighting>;
  look(handle: Handle, signal: AbortSignal): Promise<Sighting>;
  /** Ends the session with everything it started; returns once it is gone. An unknown handle is gone already. */
  release(handle: Handle, signal: AbortSignal): Promise<void>;
  /** The address with which the owner enters. Carries a secret: redirect to it, never store or log it. */
  open(handle: Handle, signal: AbortSignal): Promise<URL>;
  /** Whether anybody computes in it, by the platform's own clock. */
  use(handle: Handle, signal: AbortSignal): Promise<Use>;
  /** The last `lines` lines the session wrote, secrets masked; "" when there are none. */
  log(handle: Handle, lines: number, signal: AbortSignal): Promise<string>;
  /** What may be asked for here; null: there is nothing to choose. */
  choices(signal: AbortSignal): Promise<PlatformChoices | null>;
  /** What of a session's size the platform really enforces, one sentence each. */
  enforced(resources: Resources): readonly string[];
  /** The handle of what was launched under that key for that user, although nobody noted it; null when there is none. */
  find(key: string, user: Order["user"], signal: AbortSignal): Promise<Handle | null>;
  /** Every session of ours the platform still has, so that orphans can be found. */
  list(signal: AbortSignal): Promise<readonly { readonly key: string; readonly handle: Handle }[]>;
}

/** Trouble with a platform. `mayPass`: worth trying again; otherwise the session fails with this message. */
export class LaunchError extends Error {
  readonly mayPass: boolean;
  /** The last lines of the session's log, when there are any. */
  readonly log: string;
  /**
   * Null: a few tries say enough. Otherwise it is out of our hands, as a platform that is down or a user who has to sign in
   * again: worth trying until the slot is over. `afterMs`: when the platform wants to be asked again, if it said so.
   */
  readonly outOfOurHands: { readonly afterMs: number | null } | null;
  /** Of a launch: whether the platform was asked for nothing, so that nothing of it can be there. */
  isUntouched = false;
  constructor(
    message: string,
    options: {
      mayPass: boolean;
      log?: string;
      outOfOurHands?: { readonly afterMs: number | null };
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.name = "LaunchError";
    this.mayPass = options.mayPass;
    this.log = options.log ?? "";
    this.outOfOurHands = options.outOfOurHands ?? null;
  }
}
