import type { X509Certificate } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { User, World } from "./world.ts";

/** Whom the certificate of a connection names, or why it names nobody; null when there is none. */
export function holderOf(world: World, request: IncomingMessage): User | { readonly refused: string } | null {
  const certificate = request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate() : undefined;
  if (!certificate) return null;
  if (!world.authority.hasSigned(certificate)) return { refused: "certificate is not signed by a known authority" };
  const name = commonName(certificate);
  const user = world.users.get(name);
  if (!user) return { refused: `certificate names nobody who is known: ${name}` };
  const now = world.clock.now();
  if (now < Date.parse(certificate.validFrom)) return { refused: `certificate for ${name} is not valid yet` };
  if (now >= Date.parse(certificate.validTo)) return { refused: `certificate for ${name} has expired` };
  return user;
}

const commonName = ({ subject }: X509Certificate) => /^CN=(.*)$/m.exec(subject)?.[1] ?? "";
