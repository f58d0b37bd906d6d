import { z } from "zod";

/** What is sealed: everything that lets Meridian act for a user. */
const secret = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("oidc"), accessToken: z.string().min(1), refreshToken: z.string().min(1).nullable() }),
  /** A login's own token, which cannot be refreshed. */
  z.object({ kind: z.literal("token"), token: z.string().min(1) }),
  /** A proxy certificate and its key, PEM. */
  z.object({ kind: z.literal("certificate"), certificate: z.string().min(1), key: z.string().min(1) }),
]);
export type Secret = z.output<typeof secret>;

/** What is shown to a platform. */
export type Acting = { readonly token: string } | { readonly certificate: string; readonly key: string };

export const secretToText = (one: Secret): string => JSON.stringify(one);

export const secretFromText = (text: string): Secret => secret.parse(JSON.parse(text));

export function actingOf(one: Secret): Acting {
  if (one.kind === "oidc") return { token: one.accessToken };
  if (one.kind === "token") return { token: one.token };
  return { certificate: one.certificate, key: one.key };
}

/** Whether what a platform refused is what we would show it again. */
export function isSameActing(one: Acting, other: Acting): boolean {
  if ("token" in one) return "token" in other && one.token === other.token;
  return "certificate" in other && one.certificate === other.certificate;
}
