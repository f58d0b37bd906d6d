import type { Millis } from "#lib/booking/slot.ts";
import { database } from "./client.ts";

export interface StoredUser {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly role: "scientist" | "administrator";
}

/** A user by sign-in name, with the hash of the password where there is one (demo people). */
export async function findUser(name: string): Promise<(StoredUser & { readonly passwordHash: string | null }) | null> {
  const found = await database().prisma.user.findUnique({ where: { name } });
  if (!found) return null;
  const { id, displayName, passwordHash } = found;
  return { id, name: found.name, displayName, role: roleOf(found.role), passwordHash };
}

/** A user by id, as a signed-in request names them. */
export async function findUserById(id: string): Promise<StoredUser | null> {
  const found = await database().prisma.user.findUnique({ where: { id } });
  return found && { id, name: found.name, displayName: found.displayName, role: roleOf(found.role) };
}

/** A role as it is stored; what nobody knows has no rights. */
export const roleOf = (role: string): StoredUser["role"] => (role === "administrator" ? "administrator" : "scientist");

export interface StoredProject {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

export async function findProject(name: string): Promise<StoredProject | null> {
  return database().prisma.project.findUnique({ where: { name }, select: { id: true, name: true, title: true } });
}

/** The projects of a user that have an account on the platform, by name; none where the user has no account there. */
export async function projectsOf(userId: string, platformId: string): Promise<StoredProject[]> {
  return database().prisma.project.findMany({
    where: {
      members: { some: { userId, user: { accounts: { some: { platformId, kind: "user" } } } } },
      accounts: { some: { platformId, kind: "project" } },
    },
    select: { id: true, name: true, title: true },
    orderBy: { name: "asc" },
  });
}

/** Every project that a user is in, by name. */
export async function allProjectsOf(userId: string): Promise<StoredProject[]> {
  return database().prisma.project.findMany({
    where: { members: { some: { userId } } },
    select: { id: true, name: true, title: true },
    orderBy: { name: "asc" },
  });
}

/** The caps of a user on a platform and how much of them is taken; null: no such cap. */
export async function bookingCaps(userId: string, platformId: string, openPhases: readonly string[], now: Millis) {
  const { prisma } = database();
  const account = await prisma.account.findFirst({ where: { kind: "user", userId, platformId } });
  const open = await prisma.session.count({
    where: { userId, platformId, acceptedAt: { not: null }, releasedAt: null, phase: { in: [...openPhases] } },
  });
  const live = await prisma.offerSet.count({
    where: { userId, platformId, closedAt: null, expiresAt: { gt: new Date(now) } },
  });
  return {
    bookings: { open, limit: account?.limitOpenBookings ?? null },
    heldSets: { live, limit: account?.limitOfferSets ?? null },
  };
}
