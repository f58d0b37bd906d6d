/** What is used of a limit; null: there is no such budget. A bar that is above its limit is full and hatched. */
export function UsedOfLimit({ used, limit }: { used: number; limit: number | null }) {
  if (limit === null) {
    return (
      <td>
        <span className="ul">
          <b>{used}</b> <span className="quiet">no budget</span>
        </span>
      </td>
    );
  }
  const share = limit > 0 ? Math.min(100, (used / limit) * 100) : used > 0 ? 100 : 0;
  return (
    <td>
      <span className="ul">
        <b>{used}</b> of {limit}
        {used > limit && <span className="unseen">, above the limit</span>}
      </span>
      <span className="meter" aria-hidden="true">
        <i className={used > limit ? "over" : undefined} style={{ width: `${share}%` }} />
      </span>
    </td>
  );
}
