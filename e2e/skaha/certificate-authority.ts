import "reflect-metadata"; // the library's dependency injection needs it first
import { randomBytes, X509Certificate } from "node:crypto";
import * as x509 from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const YEAR_MS = 365 * 24 * 3_600_000;

/** What a certificate is to say; times in milliseconds since 1970, written to the second (RFC 5280, 4.1.2.5). */
export interface Wanted {
  /** The CN of the subject `C=ca, O=hia, OU=cadc, CN=…`. */
  readonly name: string;
  readonly from: number;
  readonly until: number;
  /** For a server on this machine; else it names a person. */
  readonly isServer?: boolean;
}

/** A certificate and its key, both PEM. */
export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

export interface Authority {
  /** PEM */
  readonly certificate: string;
  readonly issue: (wanted: Wanted) => Promise<Pair>;
  /** Whether it signed this one; says nothing of its time. */
  readonly hasSigned: (certificate: X509Certificate) => boolean;
}

/** Makes an authority with a key of its own, good for ten years around `now`. Nobody else trusts it. */
export async function createAuthority(now = Date.now()): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const itsId = await x509.SubjectKeyIdentifierExtension.create(keys.publicKey);
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: subject(`simulated authority ${randomBytes(4).toString("hex")}`),
    notBefore: new Date(now - YEAR_MS),
    notAfter: new Date(now + 9 * YEAR_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      itsId,
    ],
  });
  const signer = await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey);
  const certificate = pem(own);
  const parsed = new X509Certificate(certificate);
  return {
    certificate,
    hasSigned: (one) => one.checkIssued(parsed) && one.verify(parsed.publicKey),
    issue: async ({ name, from, until, isServer = false }) => {
      const its = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
      const issued = await x509.X509CertificateGenerator.create({
        serialNumber: newSerial(),
        subject: subject(name),
        issuer: own.subjectName,
        notBefore: new Date(from),
        notAfter: new Date(until),
        signingAlgorithm: ALGORITHM,
        publicKey: its.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[isServer ? "serverAuth" : "clientAuth"]]),
          signer,
          ...(isServer ? [new x509.SubjectAlternativeNameExtension(thisMachine)] : []),
        ],
      });
      const key = await crypto.subtle.exportKey("pkcs8", its.privateKey);
      return { certificate: pem(issued), key: `${x509.PemConverter.encode(key, "PRIVATE KEY")}\n` };
    },
  };
}

const thisMachine: x509.JsonGeneralNames = [
  { type: "ip", value: "127.0.0.1" },
  { type: "dns", value: "localhost" },
];

const subject = (name: string): x509.JsonName => [{ C: ["ca"] }, { O: ["hia"] }, { OU: ["cadc"] }, { CN: [name] }];
const pem = (certificate: x509.X509Certificate) => `${certificate.toString("pem")}\n`;
/** Positive, as it has to be. */
const newSerial = () => `01${randomBytes(8).toString("hex")}`;
