import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { apiBaseUrl } from "#lib/api/base-url.ts";
import { capabilitiesXml } from "#lib/api/broker/vosi.ts";
import { readEnvironment } from "#lib/env.ts";

export const dynamic = "force-dynamic";

/** VOSI: anybody may ask. */
export async function GET(): Promise<Response> {
  const text = capabilitiesXml({ baseUrl: apiBaseUrl(), brokerId: readEnvironment().MERIDIAN_BROKER_STANDARD_ID });
  return new Response(text, { headers: { "content-type": "application/xml; charset=utf-8" } });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
