import type { Operation } from "#lib/api/openapi/operation.ts";
import { problemResponses } from "#lib/api/openapi/problems.ts";
import { refTo } from "#lib/api/standard/json-schemas.ts";
import { Prose } from "./prose.tsx";
import { TypeWords } from "./type-words.tsx";

/** What may come back: the good answers, then the problems in one line. */
export function AnswerList({ responses, problems }: Pick<Operation, "responses" | "problems">) {
  return (
    <>
      <dl className="answers">
        {Object.entries(responses).map(([status, { description, schema, only, headers = [] }]) => (
          <div key={status}>
            <dt className="mono">{status}</dt>
            <dd>
              <Prose text={description} /> {schema && <TypeWords schema={{ $ref: refTo(schema) }} />}
              {only && <code>{only}</code>}
              {headers.length > 0 && <span className="faint"> with {headers.join(", ")}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="small quiet">
        Problems:{" "}
        {[...problems]
          .sort((a, b) => a - b)
          .map((status, at) => (
            <span key={status}>
              {at > 0 && ", "}
              <abbr title={problemResponses[status].description}>{status}</abbr>
            </span>
          ))}
        , each a <TypeWords schema={{ $ref: refTo("ProblemDetails") }} />.
      </p>
    </>
  );
}
