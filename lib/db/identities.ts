import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Resources } from "#lib/booking/resources.ts";
import { database, transaction } from "./client.ts";
import type { Act } from "./ledger.ts";
import { storable } from "./storable.ts";
import { roleOf, type StoredUser } from "./users.ts";

/** Who somebody is, in the words of a provider of sign-ins. */
export interface Identity {
  readonly provider: string;
  /** The provider's own name for them, which never changes. */
  readonly subject: string;
  /** What they are called there; may change. */
  readonly name: string;
  readonly displayName: string;
}

/** What somebody gets who signs in with a provider: a place in a project on a platform. */
export interface NewcomersPlace {
  readonly platformId: string;
  readonly projectId: string;
  readonly limit: Resources;
  readonly openBookings: number;
}

/** A person found or made for an identity; or why there is none. */
export type Known =
  | { readonly ok: true; readonly userId: string; readonly name: string }
  | { readonly ok: false; readonly why: "belongs to somebody else" | "known by another name there" };

/**
 * The person of an identity, made when there is none yet, with a place wherever newcomers have one. `signedInAs`: it is theirs
 * from now on, unless it is somebody else's already, or they are known there as somebody else.
 */
export async function knowIdentity(
  identity: Identity,
  { signedInAs, places }: { signedInAs: string | null; places: readonly NewcomersPlace[] },
  { who, now }: Act,
): Promise<Known> {
  return transaction(async (client) => {
    await client.query("SELECT act_as($1, $2, 'First sign-in.', NULL)", [who, new Date(now)]);
    // Two first sign-ins of one person at once take turns.
    await client.query("SELECT pg_advisory_xact_lock(hashtext($1))", [
      `identity ${identity.provider} ${identity.subject}`,
    ]);
    const found = await ownerOf(client, identity);
    if (found && signedInAs !== null && found.id !== signedInAs) return { ok: false, why: "belongs to somebody else" };
    if (!found && signedInAs !== null && (await isKnownThere(client, signedInAs, identity.provider))) {
      return { ok: false, why: "known by another name there" };
    }
    const person = found ?? (await link(client, identity, signedInAs));
    for (const place of places) await givePlace(client, person.id, place);
    return { ok: true, userId: person.id, name: person.name };
  });
}

interface Person {
  readonly id: string;
  readonly name: string;
}

async function ownerOf(client: PoolClient, { provider, subject }: Identity): Promise<Person | null> {
  const { rows } = await client.query<Person>(
    `SELECT u.id, u.name FROM identities i JOIN users u ON u.id = i.user_id WHERE i.provider = $1 AND i.subject = $2`,
    [provider, subject],
  );
  return rows[0] ?? null;
}

async function isKnownThere(client: PoolClient, userId: string, provider: string): Promise<boolean> {
  const { rowCount } = await client.query("SELECT FROM identities WHERE user_id = $1 AND provider = $2", [
    userId,
    provider,
  ]);
  return rowCount !== 0;
}

async function link(client: PoolClient, identity: Identity, signedInAs: string | null): Promise<Person> {
  const person = signedInAs === null ? await makePerson(client, identity) : await personOf(client, signedInAs);
  await client.query("INSERT INTO identities (provider, subject, user_id, name) VALUES ($1, $2, $3, $4)", [
    identity.provider,
    identity.subject,
    person.id,
    identity.name,
  ]);
  return person;
}

async function personOf(client: PoolClient, id: string): Promise<Person> {
  const { rows } = await client.query<Person>("SELECT id, name FROM users WHERE id = $1", [id]);
  if (!rows[0]) throw new Error("the person who is signed in is not there any more");
  return rows[0];
}

/** The name they have there, as far as it can be a folder's name; with a number behind it where that is taken. */
async function makePerson(client: PoolClient, identity: Identity): Promise<Person> {
  const wanted = nameFrom(identity.name);
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    const id = uuidv7();
    const { rowCount } = await client.query(
      "INSERT INTO users (id, name, display_name) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
      [id, name, identity.displayName],
    );
    if (rowCount === 1) return { id, name };
  }
}

/** Names that stand for somebody else in what people read. */
const reserved: ReadonlySet<string> = new Set(["meridian", "admin", "administrator", "root", "system"]);

/** What a provider calls somebody, as a name of ours: a folder may have it, and it is no path. */
export function nameFrom(text: string): string {
  const plain = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase().split("@")[0] ?? "";
  const name = plain.replaceAll(/[^a-z0-9._-]+/g, "-").replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
  const cut = name.slice(0, 32) || "person";
  return reserved.has(cut) ? `${cut}-user` : cut;
}

/** Once for each platform: whoever was taken out of the project there does not come back by signing in. */
async function givePlace(client: PoolClient, userId: string, place: NewcomersPlace): Promise<void> {
  const { platformId, projectId, limit, openBookings } = place;
  const { rowCount } = await client.query(
    `INSERT INTO accounts (kind, platform_id, user_id, limit_cores, limit_memory_gib, limit_gpus, limit_open_bookings, limit_offer_sets)
     SELECT 'user', $1, $2, $3, $4, $5, $6, 3
     WHERE NOT EXISTS (SELECT FROM accounts WHERE kind = 'user' AND platform_id = $1 AND user_id = $2)`,
    [platformId, userId, limit.cores, limit.memoryGiB, limit.gpus, openBookings],
  );
  if (rowCount === 0) return;
  await client.query("INSERT INTO project_members (project_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", [
    projectId,
    userId,
  ]);
}

/** How somebody is known at the providers. */
export async function identitiesOf(userId: string): Promise<{ readonly provider: string; readonly name: string }[]> {
  return database().prisma.identity.findMany({ where: { userId }, select: { provider: true, name: true } });
}

/** Whoever has signed in with a provider as that subject; null: nobody yet. Asked at each call of the API. */
export async function findUserByIdentity(provider: string, subject: string): Promise<StoredUser | null> {
  const { rows } = await database().pool.query<Omit<StoredUser, "role"> & { role: string }>({
    name: "user of an identity",
    text: `SELECT u.id, u.name, u.display_name AS "displayName", u.role FROM identities i JOIN users u ON u.id = i.user_id
      WHERE i.provider = $1 AND i.subject = $2`,
    values: [provider, storable(subject)],
  });
  const [found] = rows;
  return found ? { ...found, role: roleOf(found.role) } : null;
}
