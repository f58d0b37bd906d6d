import type { Scope } from "#lib/booking/access-scope.ts";
import type { Millis } from "#lib/booking/slot.ts";
import type { PersonView } from "./view.ts";

/** An access token that works, as its owner sees it; nothing of its secret but the last characters. */
export interface AccessTokenView {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Millis;
  readonly expiresAt: Millis;
  /** To the minute; null: never yet. */
  readonly lastUsedAt: Millis | null;
}

/** Who one is, and what one's programs may call Meridian with. */
export interface ProfileView {
  readonly now: Millis;
  readonly person: PersonView;
  readonly projects: readonly { readonly name: string; readonly title: string }[];
  /** The newest first. */
  readonly tokens: readonly AccessTokenView[];
}

/** A token that was just made: the only time that its secret is seen. */
export interface NewTokenView {
  readonly id: string;
  readonly secret: string;
  readonly expiresAt: Millis;
}
