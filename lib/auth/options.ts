import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { findUser } from "#lib/db/users.ts";
import { demoSignIn } from "./demo.ts";
import { isPassword } from "./password.ts";
import { tooManyTries } from "./sign-in-tries.ts";

/** How people sign in. The cookie holds a signed token with the user's id and nothing else of ours. */
export const authOptions: NextAuthOptions = {
  session: { strategy: "jwt", maxAge: 12 * 3600 },
  pages: { signIn: "/signin" },
  providers: [
    CredentialsProvider({
      id: "demo",
      name: "Demo person",
      credentials: { name: { label: "Name" }, password: { label: "Password", type: "password" } },
      async authorize(given) {
        if (!demoSignIn().allowed || !given) return null;
        const { name, password } = given;
        if (typeof name !== "string" || typeof password !== "string" || tooManyTries(name, Date.now())) return null;
        const user = await findUser(name.trim().toLowerCase());
        const right = await isPassword(password, user?.passwordHash ?? null);
        return user && right ? { id: user.id, name: user.name } : null;
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user ? { ...token, sub: user.id, name: user.name ?? null } : token),
    session: ({ session, token }) => ({ ...session, user: { name: token.name ?? null } }),
  },
};
