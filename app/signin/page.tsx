import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DemoDoor } from "#components/ui/demo-door.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Mark } from "#components/ui/mark.tsx";
import { Note } from "#components/ui/note.tsx";
import { StarPlate } from "#components/ui/star-plate.tsx";
import { ThemeToggle } from "#components/ui/theme-toggle.tsx";
import { demoSignIn } from "#lib/auth/demo.ts";
import { currentPerson } from "#lib/auth/session.ts";
import { whereTo } from "./where-to.ts";

export const metadata: Metadata = { title: "Sign in" };

const kept = [
  "Your files stay between sessions; a session itself ends at its hour, sharp.",
  "Meridian starts your sessions while you are away, and tells you when the notebook answers.",
];

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ from?: string | string[] }> }) {
  const from = whereTo((await searchParams).from);
  if ((await currentPerson()) !== null) redirect(from);
  const demo = demoSignIn();
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
          {demo.allowed ? (
            <DemoDoor names={demo.names} from={from} />
          ) : (
            <div className="ways">
              <Note tone="warning" icon="warning">
                <h2>Signing in as a demo person is off</h2>
                <p>{demo.why}</p>
              </Note>
            </div>
          )}
          <ul className="kept small quiet">
            {kept.map((sentence) => (
              <li key={sentence}>
                <Icon name="check" />
                <span>{sentence}</span>
              </li>
            ))}
          </ul>
          <p className="foot small">
            <ThemeToggle words />
          </p>
        </div>
      </div>
    </main>
  );
}
