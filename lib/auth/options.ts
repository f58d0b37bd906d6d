import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { findUser } from "#lib/db/users.ts";
import { cadcProviders } from "./cadc-sign-in.ts";
import { demoSignIn } from "./demo.ts";
import { isPassword } from "./password.ts";
import { letIn, oidcProviders, quietLogger, type Welcome } from "./provider-sign-in.ts";
import { tooManyTries } from "./sign-in-tries.ts";

const signIn = z.object({ name: z.string().trim().toLowerCase().max(64), password: z.string().max(256) });

/** What every request has to know of sign-ins. The cookie holds a signed token with the user's id and nothing else of ours. */
export const authOptions: NextAuthOptions = {
  session: { strategy: "jwt", maxAge: 12 * 3600 },
  pages: { signIn: "/signin", error: "/signin" },
  logger: quietLogger,
  providers: [],
  callbacks: {
    jwt: ({ token, user }) => (user ? { sub: user.id } : token),
    session: ({ session, token }) => ({ ...session, user: { id: token.sub ?? "" } }),
  },
};

/** Demo people, by the password that the terminal shows. */
const demo = CredentialsProvider({
  id: "demo",
  name: "Demo person",
  credentials: { name: { label: "Name" }, password: { label: "Password", type: "password" } },
  async authorize(given) {
    if (!demoSignIn().allowed || !given) return null;
    const read = signIn.safeParse(given);
    if (!read.success || tooManyTries(read.data.name, Date.now())) return null;
    const { name, password } = read.data;
    const user = await findUser(name);
    const right = await isPassword(password, user?.passwordHash ?? null);
    return user && right ? { id: user.id, name: user.name } : null;
  },
});

/** How people sign in and out: what the address of next-auth needs beyond {@link authOptions}. */
export const signInOptions = (welcome: Welcome, signedOut: (userId: string) => Promise<void>): NextAuthOptions => ({
  ...authOptions,
  providers: [demo, ...oidcProviders(), ...cadcProviders(welcome)],
  callbacks: { ...authOptions.callbacks, signIn: (arrived) => letIn(arrived, welcome, Date.now()) },
  events: {
    async signOut({ token }) {
      if (token.sub) await signedOut(token.sub);
    },
  },
});

declare module "next-auth" {
  interface Session {
    readonly user: { readonly id: string; readonly name?: string | null };
  }
}
