import { writeFileSync } from "node:fs";
import path from "node:path";
import { openApiDocument } from "#lib/api/openapi/make-document.ts";
import { root } from "./build.ts";
import { clientTypes } from "./client-types.ts";

/** `node --import tsx bin/generate-client.ts` writes the types of the API's client anew, after the document changed. */
const document = openApiDocument({ baseUrl: "/api/broker/v1", version: "1.0" });
writeFileSync(path.join(root, "lib/client/broker/generated/schema.d.ts"), await clientTypes(document));
