import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

interface Simulator {
  readonly url: string;
  readonly tlsUrl: string;
  readonly ca: string;
}

const size = { cores: 16, memoryGiB: 64, gpus: 2 };
const newcomers = { cores: 8, memoryGiB: 32, gpus: 1, openBookings: 5 };

/**
 * Writes a configuration of Meridian that has the simulator as two platforms: one whose users sign in with OpenID Connect, as at
 * SRCNet, and one for accounts of CADC, who act with a certificate over TLS, as at CANFAR. Beside it stand the client's secret
 * and the simulator's authority.
 */
export function writeConfig(file: string, { url, tlsUrl, ca }: Simulator): void {
  const full = path.resolve(file);
  mkdirSync(path.dirname(full), { recursive: true });
  const beside = (ending: string, text: string) => {
    writeFileSync(`${full}.${ending}`, text, { mode: 0o600 });
    return `${full}.${ending}`;
  };
  const config = {
    providers: [
      {
        kind: "oidc",
        name: "sim-iam",
        title: "Simulated IAM",
        issuer: `${url}/oidc`,
        clientId: "meridian",
        clientSecret: { file: beside("secret", "meridian-secret\n") },
      },
      {
        kind: "cadc",
        name: "sim-cadc",
        title: "Simulated CADC",
        login: `${url}/ac/login`,
        whoami: `${url}/ac/whoami`,
        certificate: `${url}/cred/generate`,
      },
    ],
    platforms: [
      {
        kind: "canfar",
        name: "sim-src",
        title: "Simulated SRC",
        provider: "sim-iam",
        registry: `${url}/reg`,
        resourceId: "ivo://cadc.nrc.ca/skaha",
        size,
        newcomers: { project: "sim-src", title: "People of the SRC", ...newcomers },
      },
      {
        kind: "canfar",
        name: "sim-canfar",
        title: "Simulated CANFAR",
        provider: "sim-cadc",
        url: `${tlsUrl}/skaha`,
        authorities: beside("ca.pem", ca),
        size,
        newcomers: { project: "sim-canfar", title: "People of CANFAR", ...newcomers },
      },
    ],
  };
  writeFileSync(full, `${JSON.stringify(config, null, 2)}\n`);
}
