import NextAuth from "next-auth";
import { signInOptions } from "#lib/auth/options.ts";
import type { Welcome } from "#lib/auth/provider-sign-in.ts";
import { currentPerson } from "#lib/auth/session.ts";
import { welcome } from "#lib/broker/welcome.ts";
import { forgetUnneeded } from "#lib/broker/withdraw-credential.ts";

/** Whoever is signed in already adds what the provider gave to who they are. */
const letKnow: Welcome = async (arrival, now) => {
  try {
    const person = await currentPerson();
    const known = await welcome(arrival, { signedInAs: person?.id ?? null, now });
    return known.ok ? known.value : { refused: "another" };
  } catch (error) {
    // next-auth would write its words into the address.
    console.error(`sign-in: somebody of ${arrival.identity.provider} could not be welcomed:`, error);
    return { refused: "trouble" };
  }
};

type Context = { params: Promise<{ nextauth: string[] }> };

/** The providers are those of the configuration: made when somebody asks, as the build knows none. */
function handle(request: Request, context: Context): Promise<Response> {
  const options = signInOptions(letKnow, (userId) => forgetUnneeded({ userId, now: Date.now() }));
  return NextAuth(options)(request, context);
}

export { handle as GET, handle as POST };
