import { isDatabaseUp } from "#lib/broker/health.ts";

export const dynamic = "force-dynamic";

/** 200 while the web server reaches its database, 503 otherwise. Says nothing else. */
export async function GET(): Promise<Response> {
  const up = await isDatabaseUp();
  return Response.json({ database: up ? "up" : "down" }, { status: up ? 200 : 503 });
}
