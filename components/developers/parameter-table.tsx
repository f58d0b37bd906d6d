import { type ParameterName, parameters } from "#lib/api/openapi/parameters.ts";
import { Prose } from "./prose.tsx";
import { TypeWords } from "./type-words.tsx";

const places = { path: "in the path", query: "in the query", header: "header" } as const;

export function ParameterTable({ names }: { names: readonly ParameterName[] }) {
  return (
    <table className="fields">
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">Type</th>
          <th scope="col">What it says</th>
        </tr>
      </thead>
      <tbody>
        {names.map((key) => {
          const { name, in: place, description, schema } = parameters[key];
          return (
            <tr key={key}>
              <th scope="row">
                <code>{name}</code>
                <span className="tiny faint">{places[place]}</span>
              </th>
              <td>
                <TypeWords schema={schema} />
              </td>
              <td>
                <Prose text={description} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
