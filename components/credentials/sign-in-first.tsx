"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Note } from "#components/ui/note.tsx";
import { credentialsQuery } from "#lib/client/credentials-query.ts";
import { standingOf } from "./credential-words.ts";

/** Before anything is asked for: that booking on this platform needs a sign-in, where nothing is held that is good. */
export function SignInFirst({ platform }: { platform: string }) {
  const { data } = useQuery(credentialsQuery);
  const credential = data?.credentials.find(({ platforms }) => platforms.includes(platform));
  // Where a session of theirs needs it, the notice above says so already.
  const isSaid = data?.missing.some(({ provider }) => provider.name === credential?.provider.name);
  const isMissing = credential !== undefined && !isSaid && standingOf(credential).word !== "Good";
  return (
    <div className="unready" role="status">
      {isMissing && (
        <Note tone="warning" icon="key">
          <h2>Sign in with {credential.provider.title} to book here</h2>
          <p>
            Meridian starts your sessions on {platform} in your name, while you are away.{" "}
            <Link href="/credentials?back=/calendar">Sign in</Link>
          </p>
        </Note>
      )}
    </div>
  );
}
