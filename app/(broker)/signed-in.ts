import { redirect } from "next/navigation";
import { cache } from "react";
import { readCalendar, readCredentials } from "#app/data.ts";
import { currentPerson } from "#lib/auth/session.ts";

/** Who asks, read once a request for the bar and the page alike. */
export const signedIn = cache(currentPerson);

/** Their calendar, read once a request. */
export const calendarOf = cache(readCalendar);

/** What Meridian holds for them, read once a request. */
export const credentialsOf = cache(readCredentials);

/** Who asks; nobody is sent to the door and comes back to `from` afterwards. */
export async function requirePerson(from: string) {
  const person = await signedIn();
  if (person === null) redirect(`/signin?from=${encodeURIComponent(from)}`);
  return person;
}
