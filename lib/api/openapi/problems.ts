import type { HeaderName } from "./parameters.ts";

export interface ProblemResponse {
  /** In `components.responses`. */
  readonly name: string;
  readonly description: string;
  readonly headers?: readonly HeaderName[];
}

/** What went wrong, by status: the answer is a ProblemDetails each time. */
export const problemResponses = {
  400: { name: "BadRequest", description: "It cannot be read, or a value has the wrong type. `path` says where." },
  401: {
    name: "Unauthorized",
    description: "There is no token, or it is not valid (any more).",
    headers: ["WWW-Authenticate"],
  },
  403: { name: "Forbidden", description: "It is not yours, or the token's scopes do not reach." },
  404: { name: "NotFound", description: "There is no such thing." },
  405: { name: "MethodNotAllowed", description: "This address has other methods.", headers: ["Allow"] },
  406: { name: "NotAcceptable", description: "There is no such media type here. Leave out Accept, and it is YAML." },
  409: {
    name: "Conflict",
    description:
      "Not in this state of things: an illegal change of phase, an offer that expired, a hold that was lost, or the same `Idempotency-Key` is being answered this moment. `phase` and `allowed` say what can be done.",
  },
  413: { name: "ContentTooLarge", description: "The body is too large." },
  415: { name: "UnsupportedMediaType", description: "The body is in none of the media types that are understood." },
  422: {
    name: "UnprocessableContent",
    description: "It can be read, but not done: an unknown update, or an `Idempotency-Key` with another body.",
  },
  429: { name: "TooManyRequests", description: "Too often. Wait as long as it says.", headers: ["Retry-After"] },
  500: { name: "InternalServerError", description: "A mistake of ours. It has been written into the log." },
  503: { name: "ServiceUnavailable", description: "Not at the moment.", headers: ["Retry-After"] },
} as const satisfies Record<number, ProblemResponse>;

export type ProblemStatus = keyof typeof problemResponses;
