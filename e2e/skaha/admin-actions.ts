import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { bodies } from "./admin-bodies.ts";
import { defaultCadcSettings } from "./cadc-state.ts";
import { defaultClients, defaultOidcSettings } from "./oidc-state.ts";
import type { OrderedOutage } from "./outage.ts";
import { defaultPlatform } from "./platform.ts";
import type { Delays } from "./session.ts";
import type { User, World } from "./world.ts";

type Parsed<Name extends keyof typeof bodies> = z.output<(typeof bodies)[Name]>;
/** A refusal: the sentence that says why. */
export type Refused = { readonly refused: string };

export const defaultDelays = (): Delays => ({
  suspendedMs: 200,
  pendingMs: 300,
  linkMs: 200,
  headlessMs: 200,
  terminatingMs: 0,
});

/** The password of a user who was given none. */
export const passwordOf = (name: string) => `${name}-password`;

/** `alice` and `bob` may use the platform and have a token `<name>-token`; `mallory` is in no group. */
export function fillWithDefaults(world: World): void {
  for (const [index, name] of ["alice", "bob", "mallory"].entries()) {
    const access = name === "mallory" ? "not-in-group" : "granted";
    setUser(world, { name, access, uid: 10_001 + index });
    world.tokens.set(`${name}-token`, { user: name, expiresAt: null });
  }
}

/** What each administration request does; the answer is what the caller is told. */
export const actions = {
  reset: (world: World) => {
    for (const map of [world.users, world.tokens, world.sessions, world.logs]) map.clear();
    const { oidc } = world;
    for (const map of [oidc.codes, oidc.refreshTokens, oidc.devices, oidc.clients]) map.clear();
    for (const client of defaultClients()) oidc.clients.set(client.id, client);
    oidc.settings = defaultOidcSettings();
    world.requests.length = 0;
    world.rules = [];
    world.platform = defaultPlatform(world.provider.issuerAtStart);
    for (const map of [world.provider.endpoints, world.provider.said]) map.clear();
    world.cadc = defaultCadcSettings();
    world.delays = defaultDelays();
    world.made = 0;
    world.clock.reset();
    fillWithDefaults(world);
    return {};
  },
  users: (world: World, body: Parsed<"users">) => setUser(world, body),
  tokens: (world: World, { user, token, expiresInSeconds, revoke }: Parsed<"tokens">) => {
    if (!world.users.has(user)) return refused(`There is no user '${user}'.`);
    if (revoke && !token) return refused("Which token is to be revoked?");
    const value = token ?? randomBytes(24).toString("base64url");
    const expiresAt = expiresInSeconds === undefined ? null : world.clock.now() + expiresInSeconds * 1_000;
    if (revoke) world.tokens.delete(value);
    else world.tokens.set(value, { user, expiresAt });
    return { user, token: value };
  },
  scenario: (world: World, body: Parsed<"scenario">) => {
    if (body.clear) world.rules = world.rules.filter((rule) => body.image !== undefined && rule.image !== body.image);
    const ordered = [body.delays, body.fault, body.slow, body.outage].some((one) => one !== undefined);
    if (!ordered) return body.clear ? {} : refused("Nothing is ordered: give delays, a fault, slow or an outage.");
    const { image = null, method = null, times = null, delays = {}, fault = null, slow = null, outage = null } = body;
    // Two rules, because an outage is used up by requests and the rest by sessions.
    if (body.delays || fault || slow)
      world.rules.push({ image, method, delays, fault, slow, outage: null, left: times });
    if (outage) world.rules.push({ image, method, delays: {}, fault: null, slow: null, outage, left: times });
    return {};
  },
  clock: (world: World, { forwardMs = 0, skewMs }: Parsed<"clock">) => {
    world.clock.forward(forwardMs);
    if (skewMs !== undefined) world.clock.setSkew(skewMs);
    return { now: new Date(world.clock.now()).toISOString(), shown: new Date(world.clock.shown()).toISOString() };
  },
  limit: (world: World, { limit, user: name }: Parsed<"limit">) => {
    const user = name === undefined ? undefined : world.users.get(name);
    if (name !== undefined && !user) return refused(`There is no user '${name}'.`);
    if (user) world.users.set(user.name, { ...user, limit });
    else world.platform.limit = limit ?? defaultPlatform(null).limit;
    return {};
  },
  platform: (world: World, body: Parsed<"platform">) => Object.assign(world.platform, body),
  oidc: (world: World, { outage, client, ...settings }: Parsed<"oidc">) => {
    Object.assign(world.oidc.settings, settings);
    if (outage !== undefined) world.oidc.settings.outage = ordered(outage);
    const { id, secret = null, redirectUris = null } = client ?? { id: null };
    if (id !== null) world.oidc.clients.set(id, { id, secret, redirectUris });
    return world.oidc.settings;
  },
  cadc: (world: World, { outage, ...settings }: Parsed<"cadc">) => {
    Object.assign(world.cadc, settings);
    if (outage !== undefined) world.cadc.outage = ordered(outage);
    return world.cadc;
  },
};

const ordered = (given: NonNullable<Parsed<"cadc">["outage"]> | null): OrderedOutage | null =>
  given && { kind: given.kind, path: given.path ?? null, left: given.times ?? null };

const refused = (why: string): Refused => ({ refused: why });

/** Adds a user or changes the given things of one. */
function setUser(world: World, given: Parsed<"users">): User {
  const before = world.users.get(given.name);
  const user: User = {
    name: given.name,
    uid: given.uid ?? before?.uid ?? 10_001 + world.users.size,
    groups: given.groups ?? before?.groups ?? [67_890],
    access: given.access ?? before?.access ?? "granted",
    limit: before?.limit ?? null,
    email: given.email ?? before?.email ?? `${given.name}@example.org`,
    password: given.password ?? before?.password ?? passwordOf(given.name),
  };
  world.users.set(user.name, user);
  return user;
}
