import { executableInWords } from "#components/wizard/offer-words.ts";
import type { SessionDetailView } from "#lib/api/view.ts";

/** What it has, and what of that the platform really enforces. */
export function SessionFacts({ session }: { session: SessionDetailView }) {
  const { resources, platform, name, enforced, executable } = session;
  return (
    <section className="panel" aria-labelledby="res-h">
      <header>
        <h2 id="res-h">What it has</h2>
      </header>
      <dl className="facts">
        <dt>What</dt>
        <dd className={executable.image ? "mono" : undefined}>{executable.image ?? executableInWords(executable)}</dd>
        <dt>Cores</dt>
        <dd>{resources.cores}</dd>
        <dt>Memory</dt>
        <dd>{resources.memoryGiB} GiB</dd>
        <dt>GPUs</dt>
        <dd>{resources.gpus}</dd>
        <dt>Platform</dt>
        <dd>{platform.title}</dd>
        <dt>Name there</dt>
        <dd className="mono">{name}</dd>
      </dl>
      {enforced.length > 0 && (
        <>
          <hr className="rule" />
          <h3>Enforced here</h3>
          <ul className="plain small quiet">
            {enforced.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
