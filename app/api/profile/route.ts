import { readProfile } from "#app/data.ts";
import { unauthenticated } from "#lib/api/problem.ts";
import { currentPerson } from "#lib/auth/session.ts";

export async function GET(): Promise<Response> {
  const person = await currentPerson();
  if (!person) return unauthenticated();
  return Response.json(await readProfile(person), { headers: { "cache-control": "no-store" } });
}
