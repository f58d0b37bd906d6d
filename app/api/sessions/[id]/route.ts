import { readSession } from "#app/data.ts";
import { problem, unauthenticated } from "#lib/api/problem.ts";
import { currentPerson } from "#lib/auth/session.ts";

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const person = await currentPerson();
  if (!person) return unauthenticated();
  const session = await readSession(person, (await params).id);
  if (!session) return problem("NOT_FOUND");
  return Response.json(session, { headers: { "cache-control": "no-store" } });
}
