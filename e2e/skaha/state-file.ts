import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { passwordOf } from "./admin-actions.ts";
import type { Family, RefreshToken } from "./oidc-state.ts";
import type { Session } from "./session.ts";
import type { Token, User, World } from "./world.ts";

interface State {
  readonly users: User[];
  readonly tokens: [string, Token][];
  readonly sessions: [string, Session][];
  readonly families: Family[];
  readonly refreshTokens: [string, { family: number; expiresAt: number; isUsed: boolean }][];
  readonly made: number;
}

/** Enough to know that it is ours; we alone write it. */
const ours = z.looseObject({
  users: z.array(z.looseObject({ name: z.string() })),
  tokens: z.array(z.tuple([z.string(), z.looseObject({ user: z.string() })])),
  sessions: z.array(z.tuple([z.string(), z.looseObject({ id: z.string() })])),
  families: z.array(z.looseObject({ user: z.string() })),
  refreshTokens: z.array(z.tuple([z.string(), z.looseObject({ family: z.number() })])),
  made: z.number(),
});

/** Writes users, tokens and sessions down, whole or not at all. */
export function saveState(world: World, file: string): void {
  const families = [...new Set([...world.oidc.refreshTokens.values()].map((one) => one.family))];
  const state: State = {
    users: [...world.users.values()],
    tokens: [...world.tokens],
    sessions: [...world.sessions],
    families,
    refreshTokens: [...world.oidc.refreshTokens].map(([token, { family, expiresAt, isUsed }]) => [
      token,
      { family: families.indexOf(family), expiresAt, isUsed },
    ]),
    made: world.made,
  };
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 1), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Fills the world from the file; false when there is none. Throws when it is not a file of ours. */
export function loadState(world: World, file: string): boolean {
  if (!existsSync(file)) return false;
  const state = ours.parse(JSON.parse(readFileSync(file, "utf8"))) as unknown as State;
  // One that was written before users had passwords.
  for (const user of state.users)
    world.users.set(user.name, { ...user, password: user.password ?? passwordOf(user.name) });
  for (const [value, token] of state.tokens) world.tokens.set(value, token);
  for (const [key, session] of state.sessions) world.sessions.set(key, session);
  for (const [value, { family, ...rest }] of state.refreshTokens) {
    const itsFamily = state.families[family];
    if (itsFamily) world.oidc.refreshTokens.set(value, { ...rest, family: itsFamily } satisfies RefreshToken);
  }
  world.made = state.made;
  return true;
}
