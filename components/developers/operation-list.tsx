import { tags } from "#lib/api/openapi/info.ts";
import { operations } from "#lib/api/openapi/operations.ts";
import { OperationCard } from "./operation-card.tsx";

/** The operations, by what they are about. */
export function OperationList() {
  return tags.map(({ name, description }) => (
    <section key={name} aria-labelledby={`tag-${name}`} className="tag">
      <h3 id={`tag-${name}`}>
        {name} <span className="quiet">{description}</span>
      </h3>
      {operations
        .filter(({ tag }) => tag === name)
        .map((operation) => (
          <OperationCard key={operation.operationId} operation={operation} />
        ))}
    </section>
  ));
}
