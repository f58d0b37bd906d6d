import { apiBaseUrl } from "#lib/api/base-url.ts";
import meridian from "../../../package.json" with { type: "json" };
import type { OpenApiDocument } from "./document.ts";
import { openApiDocument } from "./make-document.ts";

/** The document of this Meridian: at its public address, with its version. */
export const servedDocument = (): OpenApiDocument =>
  openApiDocument({ baseUrl: apiBaseUrl(), version: meridian.version });
