import { readAdmin } from "#app/data.ts";
import { problem, unauthenticated } from "#lib/api/problem.ts";
import { currentPerson } from "#lib/auth/session.ts";

/** Every account with its limits and its use, for administrators. */
export async function GET(): Promise<Response> {
  const person = await currentPerson();
  if (!person) return unauthenticated();
  const admin = await readAdmin(person);
  if (!admin) return problem("NOT_ALLOWED");
  return Response.json(admin, { headers: { "cache-control": "no-store" } });
}
