import { z } from "zod";
import { outages } from "./scenario.ts";

const ms = z.number().int().min(0);
const word = z.string().min(1);

const delays = z
  .strictObject({ suspendedMs: ms, pendingMs: ms, linkMs: ms, headlessMs: ms, terminatingMs: ms })
  .partial();

const orderedOutage = z.strictObject({
  kind: z.enum(outages).exclude(["storage", "ignore"]),
  path: word.optional(),
  times: z.number().int().positive().optional(),
});

/** The bodies of the administration requests; unknown fields are refused, so that a typo is seen. */
export const bodies = {
  reset: z.strictObject({}),
  users: z.strictObject({
    name: z.string().regex(/^[a-z][a-z0-9]*$/),
    uid: z.number().int().positive().optional(),
    groups: z.array(z.number().int()).optional(),
    access: z.enum(["granted", "not-in-group", "permissions-api", "no-posix", "incomplete-posix"]).optional(),
    email: word.optional(),
    password: word.optional(),
  }),
  tokens: z.strictObject({
    user: word,
    token: word.optional(),
    /** From now; 0 is a token that has expired already. Never, when left out. */
    expiresInSeconds: z.number().optional(),
    revoke: z.boolean().optional(),
  }),
  scenario: z.strictObject({
    clear: z.boolean().optional(),
    image: word.optional(),
    method: z.enum(["GET", "POST", "DELETE"]).optional(),
    delays: delays.optional(),
    fault: z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("bad-image") }),
        z.strictObject({ kind: z.literal("unschedulable") }),
        z.strictObject({ kind: z.literal("flap"), afterMs: ms, forMs: ms, killed: z.boolean().optional() }),
        z.strictObject({ kind: z.literal("out-of-memory"), afterMs: ms }),
      ])
      .optional(),
    slow: z
      .strictObject({ createAfterMs: ms, answerAfterMs: ms })
      .refine((slow) => slow.createAfterMs <= slow.answerAfterMs, "must not create after it answers")
      .optional(),
    outage: z.enum(outages).optional(),
    times: z.number().int().positive().optional(),
  }),
  clock: z.strictObject({ forwardMs: ms.optional(), skewMs: z.number().int().optional() }),
  limit: z.strictObject({ limit: z.number().int().min(0).nullable(), user: word.optional() }),
  platform: z
    .strictObject({
      context: z.enum(["limit-range", "static"]),
      gpus: z.boolean(),
      anonymous: z.union([z.literal(400), z.literal(401)]),
      issuer: z.url().nullable(),
      metrics: z.boolean(),
      available: z.boolean(),
      home: word,
      cores: z.number(),
      ramGiB: z.number(),
    })
    .partial(),
  oidc: z.strictObject({
    accessSeconds: z.number().positive().optional(),
    idSeconds: z.number().positive().optional(),
    refreshSeconds: z.number().positive().optional(),
    codeSeconds: z.number().positive().optional(),
    deviceSeconds: z.number().positive().optional(),
    trailingSlash: z.boolean().optional(),
    outage: orderedOutage.nullable().optional(),
    client: z.strictObject({ id: word, secret: word.optional(), redirectUris: z.array(z.url()).optional() }).optional(),
  }),
  cadc: z.strictObject({ mostDays: z.number().positive().optional(), outage: orderedOutage.nullable().optional() }),
} as const;

export type Bodies = { readonly [Name in keyof typeof bodies]: z.input<(typeof bodies)[Name]> };
export type ActionName = keyof typeof bodies;

/** What is wrong with a body, in one sentence. */
export function wrongInWords(error: z.ZodError): string {
  const issue = error.issues[0];
  const where = issue && issue.path.length > 0 ? `'${issue.path.join(".")}'` : "the body";
  return `The request is not right at ${where}: ${issue?.message ?? "it cannot be read"}.`;
}
