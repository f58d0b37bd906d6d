import type { CalendarView } from "#lib/api/view.ts";
import { limitWords } from "./limit-words.ts";

/** What limits me here, and what is left of it. */
export function LimitsLine({ view }: { view: CalendarView }) {
  return (
    <ul className="my-limits small quiet" aria-label="My limits">
      {limitWords(view).map(({ key, figure, words }) => (
        <li key={key}>
          <b>{figure}</b> {words}
        </li>
      ))}
    </ul>
  );
}
