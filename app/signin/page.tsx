import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { ProviderWay } from "#components/credentials/provider-way.tsx";
import { DemoDoor } from "#components/ui/demo-door.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Note } from "#components/ui/note.tsx";
import { StarPlate } from "#components/ui/star-plate.tsx";
import { ThemeToggle } from "#components/ui/theme-toggle.tsx";
import { demoSignIn } from "#lib/auth/demo.ts";
import { signInProviders } from "#lib/auth/providers.ts";
import { currentPerson } from "#lib/auth/session.ts";
import { whatWentWrong } from "./what-went-wrong.ts";
import { whereTo } from "./where-to.ts";

export const metadata: Metadata = { title: "Sign in" };

const kept = [
  "Your files stay between sessions; a session itself ends at its hour, sharp.",
  "Meridian starts your sessions while you are away, and tells you when the notebook answers.",
];
const delegated = [
  "Meridian starts your sessions while you are away. For that it keeps a sign-in, encrypted, on the server.",
  "You see when it ends, and take it back with one click.",
];

type Asked = Readonly<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Promise<Asked> }) {
  const asked = await searchParams;
  const from = whereTo(asked.from);
  const trouble = whatWentWrong(asked);
  if ((await currentPerson()) !== null) {
    redirect(trouble === null ? from : `/credentials?${new URLSearchParams(wordsOf(asked))}`);
  }
  const demo = demoSignIn();
  const providers = signInProviders();
  return (
    <main id="main" className="gate">
      <StarPlate />
      <div className="door">
        <div>
          <p className="brand">
            <Mark />
            Meridian
          </p>
          <h1>Book an hour, get a notebook.</h1>
          <p className="quiet lead">Cores, memory and GPUs, promised for the hour you choose.</p>
          {trouble !== null && (
            <Note tone="failed" icon="failed">
              <p role="alert">{trouble}</p>
            </Note>
          )}
          {providers.length > 0 && (
            <div className="ways">
              {providers.map((provider, index) => (
                <ProviderWay
                  key={provider.name}
                  provider={provider}
                  verb="Sign in with"
                  words={provider.words}
                  from={from}
                  isFirst={index === 0}
                />
              ))}
            </div>
          )}
          {demo.allowed && providers.length === 0 && <DemoDoor names={demo.names} from={from} />}
          {demo.allowed && providers.length > 0 && (
            <details className="demo-way">
              <summary>
                Try it as a demo person <span className="quiet small">on this machine only</span>
              </summary>
              <DemoDoor names={demo.names} from={from} />
            </details>
          )}
          {!demo.allowed && providers.length === 0 && (
            <div className="ways">
              <Note tone="warning" icon="warning">
                <h2>Signing in as a demo person is off</h2>
                <p>{demo.why}</p>
              </Note>
            </div>
          )}
          <ul className="kept small quiet" aria-label="What Meridian keeps">
            {(providers.length > 0 ? delegated : kept).map((sentence) => (
              <li key={sentence}>
                <Icon name="check" />
                <span>{sentence}</span>
              </li>
            ))}
          </ul>
          <p className="foot small">
            <ThemeToggle words />
            <Link className="btn bare" href="/developers">
              For programs
            </Link>
          </p>
        </div>
      </div>
    </main>
  );
}

/** Of the address only what tells of the trouble. */
const wordsOf = ({ refused, error }: Asked): Record<string, string> => ({
  ...(typeof refused === "string" && { refused }),
  ...(typeof error === "string" && { error }),
});
