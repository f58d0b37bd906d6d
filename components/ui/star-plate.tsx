import { around, starTrails } from "./star-trails.ts";

const pole = { x: 330, y: 360 };
const radius = 234;
const trails = starTrails(240, pole, 510);
/** One path a magnitude: 150 elements less in the page. */
const magnitudes = [0.22, 0.36, 0.5, 0.68, 0.9].map((opacity, magnitude) => ({
  opacity,
  width: 0.7 + magnitude * 0.3,
  path: trails
    .filter((trail) => trail.magnitude === magnitude)
    .map(({ path }) => path)
    .join(""),
}));

/** The hour scale: a tick every ten minutes or so, longer at the hours, longest at the quarters of the day. */
const scale = Array.from({ length: 96 }, (_, tick) => {
  const length = tick % 24 === 0 ? 24 : tick % 4 === 0 ? 15 : 8;
  const angle = (tick / 96) * 2 * Math.PI;
  const outer = around(pole.x, pole.y, radius, angle);
  const inner = around(pole.x, pole.y, radius - length, angle);
  return `M${outer.x} ${outer.y}L${inner.x} ${inner.y}`;
}).join("");

/** 0 and 12 stand under the meridian itself. */
const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => hour % 12 !== 0);

/** The photographic plate beside the door: stars about the pole, the hours, and the meridian. Decoration. */
export function StarPlate() {
  return (
    <div className="sky-plate" aria-hidden="true">
      <svg aria-hidden="true" viewBox="0 0 660 720" preserveAspectRatio="xMidYMid slice">
        <g className="trails">
          {magnitudes.map(({ path, opacity, width }) => (
            <path key={opacity} d={path} opacity={opacity} strokeWidth={width} />
          ))}
        </g>
        <g className="bright">
          {trails.map(({ path, end }) => end && <circle key={path} cx={end.x} cy={end.y} r={end.radius} />)}
        </g>
        <path className="scale" d={scale} />
        <circle className="scale" cx={pole.x} cy={pole.y} r={radius} />
        {hours.map((hour) => {
          const at = around(pole.x, pole.y, 250, (hour / 24) * 2 * Math.PI);
          return (
            <text key={hour} x={at.x} y={at.y + 4} textAnchor="middle">
              {hour}
            </text>
          );
        })}
        <path className="mer" d="M330 -300V1100" />
        <path className="culmination" d="M291.2 215.1A150 150 0 0 1 330 210" />
        <circle className="star" cx="330" cy="210" r="5.5" />
        <circle className="hub" cx="330" cy="360" r="2.5" />
      </svg>
    </div>
  );
}
