import type { OfferSetResponse } from "#lib/api/standard/sessions.ts";

type Session = NonNullable<OfferSetResponse["offers"]>[number];

/** A session as it stands in a list: the link to what runs is for who reads the session itself. */
export function withoutLink({ connectors, ...session }: Session): Session {
  if (!connectors) return session;
  return { ...session, connectors: connectors.map(({ location: _, ...connector }) => connector) };
}
