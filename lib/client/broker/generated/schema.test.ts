import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { openApiDocument } from "#lib/api/openapi/make-document.ts";
import { clientTypes } from "../../../../bin/client-types.ts";

test("the client's types are what the document gives now (if not: node --import tsx bin/generate-client.ts)", async () => {
  const document = openApiDocument({ baseUrl: "/api/broker/v1", version: "1.0" });
  const written = readFileSync(path.join(import.meta.dirname, "schema.d.ts"), "utf8");
  expect(written).toBe(await clientTypes(document));
});
