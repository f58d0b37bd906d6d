import { Fragment } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { typeWords } from "#components/ui/type-words.ts";
import type { SessionDetailView } from "#lib/api/view.ts";
import { commandLine } from "#lib/booking/executable.ts";

/** What it has, and what of that the platform really enforces. */
export function SessionFacts({ session }: { session: SessionDetailView }) {
  const { resources, platform, name, enforced, executable } = session;
  const command = commandLine(executable);
  const variables = Object.entries(executable.environment ?? {});
  return (
    <section className="panel" aria-labelledby="res-h">
      <header>
        <h2 id="res-h">What it has</h2>
      </header>
      <dl className="facts">
        <dt>Type</dt>
        <dd>
          <Icon name={typeWords[executable.type].icon} /> {typeWords[executable.type].word}
        </dd>
        {executable.image !== null && (
          <>
            <dt>Image</dt>
            <dd className="mono">
              {executable.image.split("/").map((part, index, parts) => (
                // A long name breaks where it has parts.
                <Fragment key={parts.slice(0, index + 1).join("/")}>
                  {index > 0 && "/"}
                  {index > 0 && <wbr />}
                  {part}
                </Fragment>
              ))}
            </dd>
          </>
        )}
        {command !== null && (
          <>
            <dt>Command</dt>
            <dd className="mono">{command}</dd>
          </>
        )}
        {variables.length > 0 && (
          <>
            <dt>Variables</dt>
            <dd className="mono">
              {variables.map(([variable, value]) => (
                <div key={variable}>
                  {variable}={value}
                </div>
              ))}
            </dd>
          </>
        )}
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
