export const dynamic = "force-dynamic";

/** This process answers. Asks nobody, so it is also what an answer costs at the least: `npm run bench -- api`. */
export const GET = (): Response => Response.json({ alive: true });
