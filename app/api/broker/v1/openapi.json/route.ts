import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { servedDocument } from "#lib/api/openapi/served-document.ts";

export const dynamic = "force-dynamic";

/** The OpenAPI document in JSON, for anybody, also from a page elsewhere: it says nothing of anyone. */
export function GET(): Response {
  const headers = {
    "content-type": "application/json",
    "access-control-allow-origin": "*",
    "cache-control": "max-age=60",
  };
  return new Response(servedDocument("json"), { headers });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
