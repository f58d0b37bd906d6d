import { notAllowed } from "#app/api/broker/not-allowed.ts";
import { servedDocument } from "#lib/api/openapi/served-document.ts";

export const dynamic = "force-dynamic";

/** The OpenAPI document in YAML, for anybody, also from a page elsewhere: it says nothing of anyone. */
export function GET(): Response {
  const headers = {
    "content-type": "application/yaml; charset=utf-8",
    "access-control-allow-origin": "*",
    "cache-control": "max-age=60",
  };
  return new Response(servedDocument("yaml"), { headers });
}

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
