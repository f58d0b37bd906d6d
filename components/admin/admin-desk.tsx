"use client";

import { LiveState } from "#components/ui/live-state.tsx";
import { useNow } from "#lib/client/use-now.ts";
import { LeftOvers } from "./left-overs.tsx";
import { PlatformDesk } from "./platform-desk.tsx";
import { useAdmin } from "./use-admin.ts";

/** The administrator's page: of each platform its load, its closed slots, and the limits of all who use it. */
export function AdminDesk() {
  const { now: onServer, platforms, leftOvers } = useAdmin();
  const now = useNow(onServer);
  return (
    <main id="main" className="page admin">
      <div className="top">
        <h1>Load and limits</h1>
        <p className="sum">
          <LiveState />
        </p>
      </div>
      <LeftOvers leftOvers={leftOvers} />
      {platforms.map((platform) => (
        <PlatformDesk key={platform.name} platform={platform} now={now} />
      ))}
      {platforms.length === 0 && <p className="quiet">There is no platform yet.</p>}
    </main>
  );
}
