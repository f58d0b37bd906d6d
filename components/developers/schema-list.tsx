import { jsonSchemas } from "#lib/api/standard/json-schemas.ts";
import { TypeWords } from "./type-words.tsx";

/** Every schema with its fields. */
export function SchemaList() {
  return Object.entries(jsonSchemas())
    .sort(([one], [other]) => one.localeCompare(other, "en"))
    .map(([name, schema]) => {
      const { description, properties, required = [], pattern } = schema;
      return (
        <details key={name} id={`schema-${name}`} className="panel schema" suppressHydrationWarning>
          <summary>
            <code>{name}</code> <span className="quiet small">{description}</span>
          </summary>
          {properties ? (
            <table className="fields">
              <tbody>
                {Object.entries(properties).map(([field, property]) => (
                  <tr key={field}>
                    <th scope="row">
                      <code>{field}</code>
                      {required.includes(field) && <span className="tiny faint">required</span>}
                    </th>
                    <td>
                      <TypeWords schema={property} />
                    </td>
                    <td>{property.description}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : (
            <p>
              <TypeWords schema={schema} /> {pattern && <code className="small">{pattern}</code>}
            </p>
          )}
        </details>
      );
    });
}
