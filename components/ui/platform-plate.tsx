"use client";

import { useQuery } from "@tanstack/react-query";
import { calendarQuery } from "#lib/client/calendar-query.ts";
import { Icon } from "./icon.tsx";
import { PlatformSwitch } from "./platform-switch.tsx";

/** The platform's name, and whether it can run anything; where there are several, the way to the others. */
export function PlatformPlate() {
  const { data } = useQuery(calendarQuery);
  if (!data) return null;
  const { platform, others } = data;
  const { title, readiness } = platform;
  const plate = (
    <>
      <Icon name={readiness.ready ? "place" : "warning"} className={readiness.ready ? "" : "t-warning"} />
      <span className="unseen">Platform: </span>
      <span className="word">{title}</span>
      <span className="unseen">{readiness.ready ? ", ready" : ", not ready"}</span>
    </>
  );
  if (others.length === 0) return <p className="platform">{plate}</p>;
  return (
    <PlatformSwitch platforms={[platform, ...others]} chosen={platform.name}>
      {plate}
    </PlatformSwitch>
  );
}
