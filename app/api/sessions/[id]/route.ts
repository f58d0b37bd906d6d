import { z } from "zod";
import { readSession } from "#app/data.ts";
import { problem, unauthenticated } from "#lib/api/problem.ts";
import { currentPerson } from "#lib/auth/session.ts";

export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const person = await currentPerson();
  if (!person) return unauthenticated();
  const id = z.uuid().safeParse((await params).id);
  const session = id.success ? await readSession(person, id.data) : null;
  if (!session) return problem("NOT_FOUND");
  return Response.json(session, { headers: { "cache-control": "no-store" } });
}
