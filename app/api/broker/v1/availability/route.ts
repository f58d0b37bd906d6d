import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { availabilityXml } from "#lib/api/broker/vosi.ts";
import { isDatabaseUp } from "#lib/broker/health.ts";

export const dynamic = "force-dynamic";

/** VOSI: anybody may ask. */
export async function GET(): Promise<Response> {
  const isUp = await isDatabaseUp();
  const text = availabilityXml({ isUp, upSince: new Date(performance.timeOrigin) });
  return new Response(text, {
    headers: { "content-type": "application/xml; charset=utf-8", "cache-control": "no-store" },
  });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
