"use client";

import { useQuery } from "@tanstack/react-query";
import { calendarQuery } from "#lib/client/calendar-query.ts";
import { Icon } from "./icon.tsx";

/** The platform's name, and whether it can run anything. */
export function PlatformPlate() {
  const { data } = useQuery(calendarQuery);
  if (!data) return null;
  const { title, readiness } = data.platform;
  return (
    <p className="platform">
      <Icon name={readiness.ready ? "place" : "warning"} className={readiness.ready ? "" : "t-warning"} />
      <span className="unseen">Platform: </span>
      <span className="word">{title}</span>
      <span className="unseen">{readiness.ready ? ", ready" : ", not ready"}</span>
    </p>
  );
}
