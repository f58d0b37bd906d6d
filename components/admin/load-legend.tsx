import { loadLevels } from "./load.ts";

const words = ["under 20", "20", "40", "60", "80", "full", "above"] as const;

/** What the colours of the load mean. */
export function LoadLegend() {
  return (
    <ul className="load-key" aria-label="Legend">
      {loadLevels.map((level, index) => (
        <li key={level}>
          <i className={level} />
          {words[index]}
        </li>
      ))}
      <li>
        <i className="shut" />
        closed
      </li>
    </ul>
  );
}
