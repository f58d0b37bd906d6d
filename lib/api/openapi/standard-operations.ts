import { requestExamples, updateExamples } from "./examples.ts";
import type { Operation } from "./operation.ts";

/** What can go wrong with every POST. */
const posting = [401, 403, 405, 406, 409, 413, 415, 422, 429, 500, 503] as const;
const reading = [400, 401, 403, 404, 405, 406, 429, 500, 503] as const;

/** The operations of the IVOA Execution Broker 1.0. */
export const standardOperations: readonly Operation[] = [
  {
    path: "/requests",
    method: "post",
    operationId: "ExecutionRequest",
    tag: "Requests",
    summary: "Ask for offers",
    description:
      "Says what is to be run, how big and roughly when. The answer leads to an offer set: YES with offers, each of which holds its time for you until it `expires`, or NO with the reasons in `meta.messages`. A NO is no error. Asking again makes new offers, unless an `Idempotency-Key` says that it is the same request.",
    isExtension: false,
    scope: "book",
    parameters: ["Platform", "Project", "IdempotencyKey"],
    request: { schema: "ExecutionRequest", description: "What is asked for.", examples: requestExamples },
    responses: {
      200: { description: "The offer set itself.", schema: "OfferSetResponse" },
      303: { description: "The offer set is at `Location`.", schema: "OfferSetResponse", headers: ["Location"] },
    },
    problems: [400, ...posting],
  },
  {
    path: "/direct",
    method: "post",
    operationId: "DirectExecution",
    tag: "Requests",
    summary: "Book without offers",
    description:
      "Takes the best offer at once. The session begins as ACCEPTED. Where nothing fits, the answer is 400 with a session of phase FAILED, the reasons in its `meta.messages`.",
    isExtension: false,
    scope: "book",
    parameters: ["Platform", "Project", "IdempotencyKey"],
    request: { schema: "ExecutionRequest", description: "What is asked for.", examples: requestExamples },
    responses: {
      200: { description: "The session itself.", schema: "AbstractExecutionSession" },
      303: { description: "The session is at `Location`.", schema: "AbstractExecutionSession", headers: ["Location"] },
      400: {
        description: "Nothing fits: a session of phase FAILED that says why. Or the body cannot be read: a problem.",
        schema: "AbstractExecutionSession",
        orProblem: true,
      },
    },
    problems: posting,
  },
  {
    path: "/offersets/{uuid}",
    method: "get",
    operationId: "OfferSetSelect",
    tag: "Requests",
    summary: "Read an offer set",
    description:
      "The answer to a request, with its offers as they are now. It stays readable after the offers have expired.",
    isExtension: false,
    scope: "read",
    parameters: ["OfferSetUuid", "IfNoneMatch"],
    responses: {
      200: { description: "The offer set.", schema: "OfferSetResponse", headers: ["ETag"] },
      304: { description: "Nothing changed.", headers: ["ETag"] },
    },
    problems: reading,
  },
  {
    path: "/sessions/{uuid}",
    method: "get",
    operationId: "SessionSelect",
    tag: "Sessions",
    summary: "Read an offer or session",
    description:
      "With its phase, what you may change now (`meta.options`) and, while it runs, the link to it (`connectors`). It stays readable after its end. To wait for a phase, ask every few seconds with `If-None-Match`, or follow its events.",
    isExtension: false,
    scope: "read",
    parameters: ["SessionUuid", "IfNoneMatch"],
    responses: {
      200: { description: "The session.", schema: "AbstractExecutionSession", headers: ["ETag"] },
      304: { description: "Nothing changed.", headers: ["ETag"] },
    },
    problems: reading,
  },
  {
    path: "/sessions/{uuid}",
    method: "post",
    operationId: "SessionUpdate",
    tag: "Sessions",
    summary: "Accept, reject, cancel or extend",
    description:
      "One of the session's `meta.options`, chosen. Accepting an offer rejects the others of its set. What is not among the options now is a 409, what never is one a 422.",
    isExtension: false,
    scope: "book",
    parameters: ["SessionUuid", "IdempotencyKey"],
    request: { schema: "AbstractUpdate", description: "The change.", examples: updateExamples },
    responses: { 200: { description: "The session as it is now.", schema: "AbstractExecutionSession" } },
    problems: [400, 404, ...posting],
  },
];
