import { writeYaml } from "#lib/api/media/write-yaml.ts";
import type { Operation } from "#lib/api/openapi/operation.ts";
import { parameters } from "#lib/api/openapi/parameters.ts";
import { refTo } from "#lib/api/standard/json-schemas.ts";
import { AnswerList } from "./answer-list.tsx";
import { ParameterTable } from "./parameter-table.tsx";
import { Prose } from "./prose.tsx";
import { TryIt } from "./try-it.tsx";
import { TypeWords } from "./type-words.tsx";

/** One operation: closed it is a line, open it is everything about it, and can be tried. */
export function OperationCard({ operation }: { operation: Operation }) {
  const { method, path, operationId, summary, description, isExtension, scope, request, responses, problems } =
    operation;
  const examples = Object.values(request?.examples ?? {}).map(({ summary: title, value }) => ({
    title,
    yaml: writeYaml(value).trimEnd(),
    json: JSON.stringify(value, null, 2),
  }));
  return (
    // The browser or OpenWhatIsNamed may have opened it before React comes.
    <details className="panel operation" id={operationId} suppressHydrationWarning>
      <summary>
        <span className={`verb ${method}`}>{method.toUpperCase()}</span>
        <code className="path">{path}</code>
        <span className="words">{summary}</span>
        {isExtension && <span className="mark tiny">extension</span>}
      </summary>
      <div className="stack body">
        <p>
          <Prose text={description} />
        </p>
        <p className="small quiet">
          {scope === null ? (
            "Anybody may, without a token."
          ) : (
            <>
              A token needs the scope <b>{scope}</b>.
            </>
          )}
        </p>
        {operation.parameters.length > 0 && <ParameterTable names={operation.parameters} />}
        {request && (
          <h4>
            Body: <TypeWords schema={{ $ref: refTo(request.schema) }} />
          </h4>
        )}
        <div>
          <h4>Answers</h4>
          <AnswerList responses={responses} problems={problems} />
        </div>
        <TryIt
          method={method}
          path={path}
          fields={operation.parameters.map((key) => {
            const { name, in: place } = parameters[key];
            return { name, place };
          })}
          examples={examples}
          only={Object.values(responses).find(({ only }) => only)?.only ?? null}
        />
      </div>
    </details>
  );
}
