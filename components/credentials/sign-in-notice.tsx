"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Note } from "#components/ui/note.tsx";
import { useZones } from "#components/ui/use-zones.ts";
import type { MissingSignInView } from "#lib/api/view.ts";
import type { Millis } from "#lib/booking/slot.ts";
import { credentialsQuery } from "#lib/client/credentials-query.ts";
import { useNow } from "#lib/client/use-now.ts";
import { at } from "./credential-words.ts";

function whatFor({ isStarted, startsAt, endsAt }: MissingSignInView, now: Millis): string {
  if (isStarted && endsAt > now)
    return "A session of yours is on the platform, and Meridian cannot end it for you without.";
  if (isStarted) return "A session of yours is over, and Meridian cannot remove it without.";
  return startsAt > now ? "Without it Meridian cannot start your session then." : "Your session waits for it.";
}

/** On every page, as long as it is so: that a session needs a new sign-in, and until when. */
export function SignInNotice({ onServer }: { onServer: Millis }) {
  const { data } = useQuery(credentialsQuery);
  const now = useNow(onServer);
  const here = usePathname();
  const zones = useZones();
  const [first] = data?.missing ?? [];
  return (
    <aside className="wait-notice" aria-live="polite" aria-label="Sign-in needed">
      {first && here !== "/credentials" && (
        <Note tone="warning" icon="key">
          <p>
            <b>
              Sign in with {first.provider.title} again
              {!first.isStarted && first.startsAt > now ? ` before ${at(first.startsAt, zones)}` : " now"}.
            </b>{" "}
            {whatFor(first, now)} <Link href={`/credentials?${new URLSearchParams({ back: here })}`}>Sign in</Link>
          </p>
        </Note>
      )}
    </aside>
  );
}
