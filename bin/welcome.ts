import type { Readiness } from "#lib/launch/launcher.ts";
import type { Seeded } from "../prisma/seed.ts";

/** The block that ends a start: where to go, as whom, where things are, how to stop. */
export function welcome(facts: {
  address: string;
  data: string;
  database: string;
  people: Seeded;
  readiness: Readiness;
}): string {
  const { address, data, database, people, readiness } = facts;
  const rows: [string, string][] = [
    ...signIn(people),
    ["notebooks", readiness.ready ? readiness.what : readiness.why],
    ...(readiness.ready ? [] : ([["", readiness.cure]] as [string, string][])),
    ["data", data],
    ["database", database],
    ["stop", "Ctrl-C"],
  ];
  const lines = rows.map(([name, value]) => `  ${name.padEnd(11)}${value}`.trimEnd());
  return ["", `Meridian is running at ${address}`, "", ...lines, ""].join("\n");
}

function signIn({ demoPeople, demoRefused }: Seeded): [string, string][] {
  if (!demoPeople) return demoRefused ? [["sign in", demoRefused]] : [];
  const width = Math.max(...demoPeople.map(({ name }) => name.length));
  return demoPeople.map(({ name, password }, index) => [
    index === 0 ? "sign in" : "",
    `${name.padEnd(width)}  ${password}`,
  ]);
}
