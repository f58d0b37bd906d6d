import type { CadcSettings } from "./cadc-state.ts";
import type { Authority } from "./certificate-authority.ts";
import type { Clock } from "./clock.ts";
import type { OidcState } from "./oidc-state.ts";
import type { Platform } from "./platform.ts";
import type { ProviderTokens } from "./provider-tokens.ts";
import type { Logged } from "./request-log.ts";
import type { Rule } from "./scenario.ts";
import type { Delays, Session } from "./session.ts";

/** What the platform says to this account before anything else; `granted` is the ordinary member. */
export type Access = "granted" | "not-in-group" | "permissions-api" | "no-posix" | "incomplete-posix";

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly groups: readonly number[];
  readonly access: Access;
  /** Interactive sessions; null: the platform's. */
  readonly limit: number | null;
  readonly email: string;
  /** For `/ac/login`. */
  readonly password: string;
}

export interface Token {
  readonly user: string;
  readonly expiresAt: number | null;
}

/** What runs for a session on this machine. */
export interface Program {
  /** Where its server listens; null for one that only prints, or not yet. */
  readonly port: () => number | null;
  /** Null when it has not started yet. */
  readonly pid: () => number | null;
  readonly log: () => string;
  readonly end: () => Promise<void>;
}

/** Everything the simulator knows, in one place: what a reset empties and a state file keeps. */
export interface World {
  readonly clock: Clock;
  readonly url: () => string;
  readonly users: Map<string, User>;
  readonly tokens: Map<string, Token>;
  /** By `keyOf`. */
  readonly sessions: Map<string, Session>;
  readonly programs: Map<string, Program>;
  /** Logs of programs that have ended. */
  readonly logs: Map<string, string>;
  readonly oidc: OidcState;
  readonly provider: ProviderTokens;
  readonly requests: Logged[];
  /** Signs the certificates of people and the one of the simulator itself. */
  readonly authority: Authority;
  cadc: CadcSettings;
  rules: Rule[];
  platform: Platform;
  delays: Delays;
  /** Sessions made so far, which varies how their start is written. */
  made: number;
  /** Lets time pass on the clock; false when a reset or the end came in between. */
  readonly pause: (ms: number) => Promise<boolean>;
  /** Looks whether a phase is over, and keeps the state file. Called after every change. */
  readonly changed: () => void;
}
