/** What the address says of a sign-in that did not work, as a sentence; null when it says nothing. Never words of the address itself. */
export function whatWentWrong(asked: Readonly<Record<string, string | string[] | undefined>>): string | null {
  if (asked.refused === "another") {
    return "That account belongs to somebody else here, or you are known here by another account of the same service. Sign out first, or use the other one.";
  }
  if (asked.refused !== undefined) return "You could not be signed in. Try again.";
  switch (asked.error) {
    case undefined:
      return null;
    case "SessionRequired":
      return "Sign in to see that page.";
    case "OAuthSignin":
      return "The sign-in service does not answer. Try again in a minute.";
    case "AccessDenied":
    case "OAuthCallback":
    case "Callback":
      return "The sign-in service sent you back without a sign-in. Try again.";
    default:
      return "The sign-in did not work. Try again.";
  }
}
