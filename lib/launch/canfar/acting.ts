import { X509Certificate } from "node:crypto";
import type { SecureContextOptions } from "node:tls";
import { Agent } from "undici";

/** What acts for a user: an access token or a login token of theirs, or a certificate of theirs with its key (PEM). */
export type Acting = ({ readonly token: string } | { readonly certificate: string; readonly key: string }) & {
  /** Whose it is, so that trouble of one user only is told from the platform's. */
  readonly user?: string;
};

/**
 * Does `work` with connections of its own, which are closed when it ends, however it ends: a certificate belongs to its
 * connection, so no other call may come upon it. Null: with the connections that everybody shares.
 */
export async function withConnections<T>(
  tls: Pick<SecureContextOptions, "cert" | "key" | "ca"> | null,
  work: (dispatcher: Agent | undefined) => Promise<T>,
): Promise<T> {
  if (tls === null) return await work(undefined);
  const agent = new Agent({ connect: { ...tls } });
  try {
    return await work(agent);
  } finally {
    await agent.destroy();
  }
}

/** What a call needs to act: its header, and what its connections are made with. `ca`: whom to trust instead of everybody. */
export function asCaller(acting: Acting, ca: string | undefined) {
  const trusted = ca === undefined ? null : { ca };
  if ("token" in acting) return { headers: { authorization: `Bearer ${acting.token}` }, tls: trusted };
  return { headers: {}, tls: { ...trusted, cert: acting.certificate, key: acting.key } };
}

/** Whether it is a certificate that is over. Many servers close the connection upon one, without a word. */
export function isOver(acting: Acting, now: number): boolean {
  if ("token" in acting) return false;
  try {
    return now >= Date.parse(new X509Certificate(acting.certificate).validTo);
  } catch {
    return false; // no certificate at all, which is another trouble
  }
}

/** What a user's credential is used for: what was taken back begins nothing any more, and still ends what it began. */
export type Purpose = "start" | "see" | "end";

/**
 * What acts for a user. `refused`: what the platform does not accept any more, to be refreshed. Throws LaunchError when nothing
 * can act for them.
 */
export type ActForUser = (userId: string, to: Purpose, signal: AbortSignal, refused?: Acting) => Promise<Acting>;
