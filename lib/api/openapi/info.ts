import type { OpenApiDocument } from "./document.ts";
import type { TagName } from "./operation.ts";

/** What stands at the front of the document. */
export const info: Omit<OpenApiDocument["info"], "version"> = {
  title: "Meridian: IVOA Execution Broker",
  summary: "Ask for a session, get offers, accept one.",
  description: `The IVOA Execution Broker API, version 1.0, with what Meridian adds. Additions are marked with \`x-extension\`; without them everything works as the standard says.

**Bodies** are YAML, JSON or XML. Sent without a \`Content-Type\` they are read as YAML, which JSON is too. Asked for without \`Accept\` they come as YAML. A field that is not known is left out, and a message says so.

**Problems** are \`application/problem+json\` (RFC 9457), or \`application/problem+xml\` where XML is asked for, never an empty body. A NO to a request is not a problem: it is an offer set with \`result: "NO"\`.

**Sessions and offer sets are private**, reading included. Administrators see all of them.

**Licence.** This document is Meridian's (Apache-2.0). The standard's own schema is by its authors, Dave Morris and others, under CC-BY-SA-4.0: https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0, https://github.com/Zarquan.`,
  license: { name: "Apache License 2.0", identifier: "Apache-2.0" },
};

const words: Record<TagName, string> = {
  Requests: "From a request to offers.",
  Sessions: "Offers, and the sessions they become.",
  Components: "The parts of an offer or session, each at its own address.",
  Availability: "What is free, and when.",
  Service: "What this service says of itself.",
};

export const tags: OpenApiDocument["tags"] = Object.entries(words).map(([name, description]) => ({
  name,
  description,
}));
