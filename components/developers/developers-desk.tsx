import Link from "next/link";
import { Mark } from "#components/ui/mark.tsx";
import { ThemeToggle } from "#components/ui/theme-toggle.tsx";
import { API_PATH } from "#lib/api/base-url.ts";
import { Begin } from "./begin.tsx";
import "./developers.css";
import { OpenWhatIsNamed } from "./open-what-is-named.tsx";
import { OperationList } from "./operation-list.tsx";
import { SchemaList } from "./schema-list.tsx";
import { TokenField } from "./token-field.tsx";
import { TokenProvider } from "./token-provider.tsx";

/** How programs speak to Meridian, and a place to try it. */
export function DevelopersDesk({ api, signedInAs }: { api: string; signedInAs: string | null }) {
  return (
    <>
      <header className="bar">
        <div>
          <Link className="brand" href="/calendar">
            <Mark />
            Meridian
          </Link>
          <div className="end">
            <Link className="btn bare" href={signedInAs ? "/profile" : "/signin?from=/developers"}>
              {signedInAs ? "Your access tokens" : "Sign in"}
            </Link>
            <ThemeToggle />
          </div>
        </div>
      </header>
      <main id="main" className="page developers stack">
        <div>
          <h1>For programs</h1>
          <p className="lead quiet">
            Meridian speaks the IVOA Execution Broker API, version 1.0, at <code>{api}</code>. What it adds to the
            standard is marked as an extension. The whole description is there as{" "}
            <a href={`${API_PATH}/openapi.yaml`}>OpenAPI in YAML</a> and{" "}
            <a href={`${API_PATH}/openapi.json`}>in JSON</a>.
          </p>
        </div>
        <Begin api={api} />
        <TokenProvider>
          <div className="spread head">
            <h2>Operations</h2>
            <TokenField signedInAs={signedInAs} />
          </div>
          <OperationList />
        </TokenProvider>
        <h2>Schemas</h2>
        <div className="schemas">
          <SchemaList />
        </div>
        <OpenWhatIsNamed />
        <p className="small quiet">
          The standard’s own schema is by its authors, Dave Morris and others, under CC-BY-SA-4.0:{" "}
          <a href="https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0">
            purl.org/ivoa.net/Calycopis-openapi/schema/v1.0
          </a>
          .
        </p>
      </main>
    </>
  );
}
