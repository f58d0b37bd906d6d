import type { SchemaName } from "#lib/api/standard/schemas.ts";
import type { Scope } from "#lib/booking/access-scope.ts";
import type { Example } from "./document.ts";
import type { HeaderName, ParameterName } from "./parameters.ts";
import type { ProblemStatus } from "./problems.ts";

/** What an operation is about, as people look for it. */
export type TagName = "Requests" | "Sessions" | "Components" | "Availability" | "Service";

/** One operation of the API: what the document, the page for developers and the command line know of it. */
export interface Operation {
  readonly path: string;
  readonly method: "get" | "post";
  /** The standard's own name wherever it has one. */
  readonly operationId: string;
  readonly tag: TagName;
  readonly summary: string;
  readonly description: string;
  /** Not in the standard 1.0. */
  readonly isExtension: boolean;
  /** What a token must be allowed to do; null: anybody may, without one. */
  readonly scope: Scope | null;
  readonly parameters: readonly ParameterName[];
  readonly request?: {
    readonly schema: SchemaName;
    readonly description: string;
    readonly examples: Readonly<Record<string, Example>>;
  };
  /** Without a schema the answer has no body; with `only` it is in that media type alone, and not an object of ours. */
  readonly responses: Readonly<Record<number, OperationResponse>>;
  readonly problems: readonly ProblemStatus[];
}

export interface OperationResponse {
  readonly description: string;
  readonly schema?: SchemaName;
  readonly only?: string;
  readonly headers?: readonly HeaderName[];
  /** Answers of this status may be a problem as well. */
  readonly orProblem?: boolean;
}
