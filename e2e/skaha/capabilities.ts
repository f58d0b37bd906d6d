import { type Answer, answer } from "./answer.ts";
import type { World } from "./world.ts";

const sso = (method: string) => `ivo://ivoa.net/sso#${method}`;
const securityMethods = ["cookie", "tls-with-certificate", "token"];
const services = ["session", "context", "image", "repository"];

/** VOSI capabilities. `/v0` is still advertised, as on the platform, and answers 404. */
export function capabilities(world: World): Answer {
  const base = `${world.url()}/skaha`;
  const ways = securityMethods.map((method) => `<securityMethod standardID="${sso(method)}"/>`);
  const platform = ["v0", "v1"].flatMap((version) =>
    services.map((service) => {
      const standard = `http://www.opencadc.org/std/platform#${service}-${version.slice(1)}`;
      return capability(standard, `${base}/${version}/${service}`, ways);
    }),
  );
  const vosi = ["capabilities", "availability"].map((name) =>
    capability(`ivo://ivoa.net/std/VOSI#${name}`, `${base}/${name}`, [""]),
  );
  const xml =
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<vosi:capabilities xmlns:vosi="http://www.ivoa.net/xml/VOSICapabilities/v1.0"' +
    ' xmlns:vs="http://www.ivoa.net/xml/VODataService/v1.1"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n' +
    `${[...vosi, ...platform].join("")}</vosi:capabilities>\n`;
  return answer(200, "text/xml", xml);
}

const capability = (standard: string, address: string, ways: readonly string[]) =>
  `  <capability standardID="${standard}">\n${ways
    .map(
      (way) =>
        '    <interface xsi:type="vs:ParamHTTP" role="std" version="1.0">\n' +
        `      <accessURL use="base">${address}</accessURL>\n${way ? `      ${way}\n` : ""}    </interface>\n`,
    )
    .join("")}  </capability>\n`;

export function availability(world: World): Answer {
  const { available } = world.platform;
  const note = available ? "service is accepting requests" : "the platform is being worked on";
  const xml =
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<vosi:availability xmlns:vosi="http://www.ivoa.net/xml/VOSIAvailability/v1.0">\n' +
    `  <vosi:available>${available}</vosi:available>\n  <vosi:note>${note}</vosi:note>\n</vosi:availability>\n`;
  return answer(200, "text/xml", xml);
}

/** The registry: which service is where. */
export function resourceCaps(world: World): Answer {
  const address = `${world.url()}/skaha/capabilities`;
  const lines = ["ivo://cadc.nrc.ca/skaha", "ivo://canfar.net/src/skaha"].map((id) => `${id} = ${address}\n`);
  return answer(200, "text/plain", `# Services of the simulated platform\n${lines.join("")}`);
}
