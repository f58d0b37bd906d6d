import type { PlotBar } from "./plot-bars.ts";
import { slotLabel } from "./slot-labels.ts";

const WIDTH = 300;
const LEFT = 52;
const TOP = 20;
const BASE = 110;

interface PlotDrawingProps {
  readonly bars: readonly PlotBar[];
  /** The limit that holds now, and the new one. */
  readonly now: number;
  readonly limit: number;
  readonly zone: string;
  readonly label: string;
}

/** Bars against two lines: dotted the limit of now, dashed the new one. */
export function PlotDrawing({ bars, now, limit, zone, label }: PlotDrawingProps) {
  const top = Math.max(1, now, limit, ...bars.map(({ within, above, gone }) => within + above + gone));
  const step = (WIDTH - LEFT) / Math.max(1, bars.length);
  const y = (amount: number) => BASE - (amount / top) * (BASE - TOP);
  // Labels need about 30 px; the first slot always has one.
  const every = Math.max(1, Math.ceil(30 / step));
  const isSame = now === limit;
  // Two labels of a line each: pushed apart when the lines are too near.
  const apart = Math.abs(y(now) - y(limit)) < 12 ? (now > limit ? -1 : 1) * 6 : 0;
  return (
    <svg viewBox={`0 0 ${WIDTH} 132`} role="img" aria-label={label}>
      <defs>
        <pattern id="what-if-over" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" className="over-ground" />
          <rect width="2" height="5" className="over-line" />
        </pattern>
        <pattern id="what-if-shut" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path className="shut-line" d="M0 0V6" />
        </pattern>
      </defs>
      {bars.map(({ start, closed, within, above, gone }, index) => {
        const x = LEFT + index * step + 1;
        const width = Math.max(1, step - 2);
        const parts = [
          { className: "used", from: 0, to: within },
          { className: "above", from: within, to: within + above },
          { className: "gone", from: within + above, to: within + above + gone },
        ];
        return (
          <g key={start}>
            {closed && <rect className="shut" x={x} y={TOP} width={width} height={BASE - TOP} />}
            {parts.map(({ className, from, to }) =>
              to > from ? (
                <rect key={className} className={className} x={x} y={y(to)} width={width} height={y(from) - y(to)} />
              ) : null,
            )}
            {index % every === 0 && (
              <text x={x + width / 2} y={BASE + 15} textAnchor="middle">
                {slotLabel(start, zone)}
              </text>
            )}
          </g>
        );
      })}
      {!isSame && (
        <>
          <path className="old" d={`M${LEFT} ${y(now)}H${WIDTH}`} />
          <text x="0" y={y(now) + 4 + apart}>
            now {now}
          </text>
        </>
      )}
      <path className="new" d={`M${LEFT} ${y(limit)}H${WIDTH}`} />
      <text x="0" y={y(limit) + 4 - apart} className="strong">
        {isSame ? "limit" : "new"} {limit}
      </text>
      <path className="ground" d={`M${LEFT} ${BASE + 0.5}H${WIDTH}`} />
    </svg>
  );
}
