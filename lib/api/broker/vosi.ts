/** The two documents by which the VO sees that a service is there and what it does (VOSI 1.1). */

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const XML = '<?xml version="1.0" encoding="UTF-8"?>';

/** Whether the service works, and since when its web server runs. */
export function availabilityXml({ isUp, upSince }: { isUp: boolean; upSince: Date }): string {
  const note = isUp ? "Meridian works." : "Meridian cannot reach its database.";
  return `${XML}
<availability xmlns="http://www.ivoa.net/xml/VOSIAvailability/v1.0">
  <available>${isUp}</available>
  <upSince>${upSince.toISOString()}</upSince>
  <note>${note}</note>
</availability>
`;
}

interface Capability {
  readonly standardId: string;
  readonly path: string;
  readonly securityMethods?: readonly string[];
}

/** `brokerId`: the standard's identifier, which is not registered yet. */
export function capabilitiesXml({ baseUrl, brokerId }: { baseUrl: string; brokerId: string }): string {
  const capabilities: Capability[] = [
    { standardId: "ivo://ivoa.net/std/VOSI#capabilities", path: "/capabilities" },
    { standardId: "ivo://ivoa.net/std/VOSI#availability", path: "/availability" },
    { standardId: brokerId, path: "", securityMethods: ["ivo://ivoa.net/sso#OAuth"] },
  ];
  return `${XML}
<vosi:capabilities xmlns:vosi="http://www.ivoa.net/xml/VOSICapabilities/v1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:vs="http://www.ivoa.net/xml/VODataService/v1.1">
${capabilities.map((one) => capabilityXml(one, baseUrl)).join("\n")}
</vosi:capabilities>
`;
}

const capabilityXml = ({ standardId, path, securityMethods = [] }: Capability, baseUrl: string): string =>
  [
    `  <capability standardID="${escaped(standardId)}">`,
    '    <interface xsi:type="vs:ParamHTTP" role="std" version="1.0">',
    `      <accessURL use="${path === "" ? "base" : "full"}">${escaped(baseUrl + path)}</accessURL>`,
    ...securityMethods.map((method) => `      <securityMethod standardID="${escaped(method)}"/>`),
    "    </interface>",
    "  </capability>",
  ].join("\n");
