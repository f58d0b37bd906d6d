import { refTo } from "#lib/api/standard/json-schemas.ts";
import type { Header, Parameter } from "./document.ts";

const uuid = (what: string): Parameter => ({
  name: "uuid",
  in: "path",
  description: `The uuid of the ${what}.`,
  required: true,
  style: "simple",
  schema: { type: "string", format: "uuid" },
});
const query = (name: string, description: string, schema: Parameter["schema"]): Parameter => ({
  name,
  in: "query",
  description,
  schema,
  "x-extension": true,
});

const whichTime = "Of a session its start counts, of an offer set when it was answered.";

/** Every parameter by the name it has in `components.parameters`. */
export const parameters = {
  OfferSetUuid: uuid("offer set"),
  SessionUuid: uuid("session, which is that of the offer it was"),
  ComponentUuid: { ...uuid("component"), "x-extension": true },

  Platform: query("platform", "The name of the platform. Left out: whichever platforms fit.", { type: "string" }),
  SlotsPlatform: query("platform", "Only the platform of this name.", { type: "string" }),
  Project: query(
    "project",
    "The name of the project that it counts for. Left out: your first by name on that platform.",
    {
      type: "string",
    },
  ),
  Phase: {
    ...query("phase", "Only sessions in this phase. May be given several times.", {
      type: "array",
      items: { $ref: refTo("SimpleExecutionSessionPhase") },
    }),
    style: "form",
    explode: true,
  },
  From: query("from", `Nothing from before this time. ${whichTime}`, { type: "string", format: "date-time" }),
  To: query("to", `Nothing from this time on or later. ${whichTime}`, { type: "string", format: "date-time" }),
  Limit: query("limit", "How many at most on a page.", { type: "integer", minimum: 1, maximum: 100, default: 20 }),
  Cursor: query("cursor", "Where the page begins: taken from `next` of the page before.", { type: "string" }),
  Everybody: query("everybody", "Those of everybody. Needs the scope `admin`.", { type: "boolean", default: false }),

  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description:
      "Your own name for this request, kept for at least 24 hours: sent again with the same body, it gets the first answer again and nothing is done twice.",
    schema: { type: "string", minLength: 1, maxLength: 255 },
    "x-extension": true,
  },
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    description: "The `ETag` of what you have: where nothing changed, the answer is 304 without a body.",
    schema: { type: "string" },
    "x-extension": true,
  },
} as const satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof parameters;

/** Every header of answers by its own name. */
export const headers = {
  Location: {
    description: "The absolute address to GET next. Its last part is the uuid.",
    required: true,
    schema: { type: "string", format: "url" },
  },
  ETag: { description: "Changes whenever the answer does. For `If-None-Match`.", schema: { type: "string" } },
  Link: { description: 'The next page, as `<address>; rel="next"`; left out on the last.', schema: { type: "string" } },
  "Retry-After": { description: "Seconds to wait.", required: true, schema: { type: "integer", minimum: 0 } },
  "WWW-Authenticate": { description: "How to sign in (RFC 6750).", required: true, schema: { type: "string" } },
  Allow: { description: "The methods that this address has.", required: true, schema: { type: "string" } },
} as const satisfies Record<string, Header>;

export type HeaderName = keyof typeof headers;
