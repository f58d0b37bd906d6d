import { loadOf, percentText } from "./load.ts";

/** One slot of one resource: a number on its colour; words for those who hear it. */
export function LoadCell(props: { used: number; limit: number; words: string; closed: string | null }) {
  const { used, limit, words, closed } = props;
  if (closed !== null) {
    return (
      <td className="shut">
        {used > 0 && <b aria-hidden="true">{used}</b>}
        <span className="unseen">
          closed: {closed}
          {used > 0 && `; ${words} still in use`}
        </span>
      </td>
    );
  }
  const load = loadOf(used, limit);
  if (load === null) {
    return (
      <td className="h0 faint">
        <span aria-hidden="true">–</span>
        <span className="unseen">there are none</span>
      </td>
    );
  }
  return (
    <td className={load.level}>
      {percentText(load)}
      <span className="unseen">
        {Number.isFinite(load.percent) && " per cent"}, {words}
      </span>
    </td>
  );
}
