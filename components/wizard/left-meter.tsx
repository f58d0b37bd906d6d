/** What I have left of a limit, and what this takes: blue is used, brass is asked. */
export function LeftMeter(props: { label: string; used: number; limit: number; asked: number; unit: string }) {
  const { label, used, limit, asked, unit } = props;
  const left = Math.max(0, limit - used);
  const share = (amount: number) => `${limit > 0 ? Math.min(100, (amount / limit) * 100) : 0}%`;
  const words = `${left} of ${limit}${unit} left`;
  return (
    <div className="mine">
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> has one bar; this has two, used and asked */}
      <div
        className="meter"
        role="meter"
        aria-label={`${label} in use`}
        aria-valuemin={0}
        aria-valuemax={Math.max(limit, 1)}
        aria-valuenow={Math.min(used, limit)}
        aria-valuetext={`${words}; this takes ${asked}`}
      >
        <i style={{ width: share(used) }} />
        <i className="ask" style={{ left: share(used), width: share(Math.min(asked, left)) }} />
      </div>
      <p className="tiny quiet" aria-hidden="true">
        <b>{left}</b> of {limit}
        {unit} left
      </p>
    </div>
  );
}
