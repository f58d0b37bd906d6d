import http from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Skaha, startSkaha } from "#e2e/skaha/start-skaha.ts";
import { readAvailability } from "./availability.ts";
import { DiscoveryError, discoverSkaha } from "./discover.ts";

const ID = "ivo://cadc.nrc.ca/skaha";
const signal = AbortSignal.timeout(10 * 60_000);

let skaha: Skaha;
/** A server that says whatever a test wants: what stands here for a path, else 404. */
let url: string;
/** Where nobody listens. */
let nowhere: string;
const answers = new Map<string, http.RequestListener>();
const server = http.createServer((request, response) => {
  const answer = answers.get(request.url ?? "") ?? ((_, to) => to.writeHead(404).end("nothing here"));
  answer(request, response);
});

beforeAll(async () => {
  skaha = await startSkaha({ jupyter: null });
  url = await listen(server);
  const short = http.createServer();
  nowhere = await listen(short);
  short.close();
});
beforeEach(async () => {
  answers.clear();
  await skaha.reset();
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await skaha.stop();
});

async function listen(one: http.Server): Promise<string> {
  await new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve));
  const address = one.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}
const say = (path: string, body: string, status = 200, headers: http.OutgoingHttpHeaders = {}) =>
  answers.set(path, (_, response) => response.writeHead(status, headers).end(body));
const find = (more: Partial<Parameters<typeof discoverSkaha>[0]> = {}) =>
  discoverSkaha({ registry: new URL(`${url}/reg`), resourceId: ID, ...more }, signal).then(({ href }) => href);
const troubleOf = async (work: Promise<unknown>): Promise<DiscoveryError> => {
  const error = await work.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof DiscoveryError)) throw error;
  expect(error.message).toMatch(/\.$/);
  return error;
};

/** The registry knows one Skaha, which says this of itself. */
const publish = (capabilities: string) => {
  say("/reg/resource-caps", `${ID} = ${url}/capabilities`);
  say("/capabilities", capabilities);
};
const TOKEN = "ivo://ivoa.net/sso#token";
const SESSIONS = "http://www.opencadc.org/std/platform#session-1";
const document = (...elements: string[]) =>
  `<?xml version="1.0"?><c:capabilities xmlns:c="http://www.ivoa.net/xml/VOSICapabilities/v1.0">${elements.join("")}</c:capabilities>`;
const capability = (accessUrl: string, method = TOKEN, use = "base", standard = SESSIONS) =>
  `<capability standardID="${standard}"><interface><accessURL use="${use}">${accessUrl}</accessURL>` +
  `<securityMethod standardID="${method}"/></interface></capability>`;

describe("a Skaha in the registry", () => {
  test.each([ID, "ivo://canfar.net/src/skaha"])("%s is found, and is where its sessions are", async (resourceId) => {
    const registry = new URL(`${skaha.url}/reg/`);
    expect(await find({ registry, resourceId })).toBe(`${skaha.url}/skaha`);
    const certificate = "ivo://ivoa.net/sso#tls-with-certificate";
    expect(await find({ registry, resourceId, securityMethod: certificate })).toBe(`${skaha.url}/skaha`);
  });

  test.each(["/skaha/v1/session", "/skaha/v1/session/", "/skaha/v1", "/skaha/v1/", "/skaha", "/skaha/"])(
    "is at /skaha when its sessions are at %s",
    async (path) => {
      publish(document(capability(`https://host.example.org${path}`)));
      expect(await find()).toBe("https://host.example.org/skaha");
    },
  );

  test("is found past versions that Meridian does not speak, other interfaces and what cannot be read", async () => {
    publish(
      document(
        "<capability/><!-- a word -->",
        "<capability standardID='ivo://ivoa.net/std/VOSI#capabilities'><interface/></capability>",
        capability("https://wrong.example.org/skaha/v0/session"),
        capability("https://wrong.example.org/skaha/v2/session"),
        capability("https://wrong.example.org/skaha/v1/session", "ivo://ivoa.net/sso#cookie"),
        capability("https://wrong.example.org/skaha/v1/session", TOKEN, "full"),
        capability("https://wrong.example.org/skaha/v1/image", TOKEN, "base", SESSIONS.replace("session", "image")),
        capability(" <![CDATA[https://v2.example.org/skaha/v1/session]]>\n "),
      ),
    );
    expect(await find()).toBe("https://v2.example.org/skaha");
  });

  test("is found in a list with comments, blank lines, odd lines and a second line of the same id", async () => {
    const lines = [
      "# services",
      "",
      "odd",
      "= =",
      `#${ID} = https://no`,
      `  ${ID}=${url}/c?of=it \r`,
      `${ID} = https://no`,
    ];
    say("/reg/resource-caps", lines.join("\n"));
    say("/c?of=it", document(capability("https://host.example.org/skaha/v1/session")));
    expect(await find()).toBe("https://host.example.org/skaha");
  });

  test("is found when the registry has moved", async () => {
    publish(document(capability("https://host.example.org/skaha")));
    say("/old/resource-caps", "", 302, { location: "/reg/resource-caps" });
    expect(await find({ registry: new URL(`${url}/old`) })).toBe("https://host.example.org/skaha");
  });
});

describe("a Skaha is not found, and a sentence says why,", () => {
  test("while the registry is down, has trouble, is slow or shows a page: then it is worth asking again", async () => {
    const down = await troubleOf(find({ registry: new URL(`${nowhere}/reg`) }));
    expect(down).toMatchObject({
      message: `The registry ${new URL(nowhere).host} cannot be reached (ECONNREFUSED).`,
      mayPass: true,
    });
    const said = async () => {
      const { message, mayPass } = await troubleOf(find({ timeoutMs: 100 }));
      expect(mayPass).toBe(true);
      return message.replace(/^The registry 127\.0\.0\.1:\d+ /, "");
    };
    say("/reg/resource-caps", "busy", 503);
    expect(await said()).toBe("answered HTTP 503.");
    say("/reg/resource-caps", "\n <!DOCTYPE html><html><title>Maintenance</title></html>");
    expect(await said()).toBe("answered a web page.");
    answers.set("/reg/resource-caps", () => {});
    expect(await said()).toBe("did not answer within 100 ms.");
    answers.set("/reg/resource-caps", (_, response) => response.writeHead(200).write(`${ID} = `));
    expect(await said()).toBe("did not answer within 100 ms.");
    answers.set("/reg/resource-caps", (_, response) => {
      response.writeHead(200, { "content-length": 100 }).write(`${ID} = `, () => response.destroy());
    });
    expect(await said()).toMatch(/^cannot be reached/);
  });

  test("when the registry is not one", async () => {
    expect(await troubleOf(find())).toMatchObject({
      message: expect.stringMatching(/^The registry \S+ answered HTTP 404\.$/),
      mayPass: false,
    });
  });

  test("when nothing has that id: up to five that are some Skaha are named", async () => {
    const ids = ["g/Skaha", "f/skaha", "e/skaha", "d/skaha", "c/skaha", "b/skaha", "a/vault"];
    say("/reg/resource-caps", ids.map((id) => `ivo://${id} = https://host.example.org/c\n`).join(""));
    const { message } = await troubleOf(find());
    expect(message).toMatch(
      /does not know ivo:\/\/cadc\.nrc\.ca\/skaha: it has ivo:\/\/b\/skaha, ivo:\/\/c\/skaha, ivo:\/\/d\/skaha, ivo:\/\/e\/skaha, ivo:\/\/f\/skaha\.$/,
    );
    say("/reg/resource-caps", "ivo://a/vault = https://host.example.org/c");
    expect((await troubleOf(find())).message).toContain("it has no Skaha at all");
  });

  test.each([
    ["nonsense", "has no address for ivo://cadc.nrc.ca/skaha: “nonsense”"],
    ["http://host.example.org/c", "is not at an https address (http://host.example.org)"],
    ["ftp://host.example.org/c", "is not at an https address (ftp://host.example.org)"],
  ])("when its capabilities are at %s", async (address, words) => {
    say("/reg/resource-caps", `${ID} = ${address}`);
    expect((await troubleOf(find())).message).toContain(words);
  });

  test("while it is down itself", async () => {
    say("/reg/resource-caps", `${ID} = ${nowhere}/c`);
    const words = `${ID} (${new URL(nowhere).host}) cannot be reached (ECONNREFUSED).`;
    expect(await troubleOf(find())).toMatchObject({ message: words, mayPass: true });
  });

  test("when somebody on the way could write what they want", async () => {
    const plain = await troubleOf(find({ registry: new URL("http://registry.example.org/reg") }));
    expect(plain.message).toContain("is not at an https address (http://registry.example.org)");
    say("/reg/resource-caps", "", 307, { location: "http://host.example.org/reg/resource-caps" });
    expect((await troubleOf(find())).message).toContain("is not at an https address (http://host.example.org)");
    say("/reg/resource-caps", "", 307, { location: "/reg/resource-caps" });
    expect((await troubleOf(find())).message).toContain("redirects more than 5 times");
  });

  test.each([
    ["no sessions", document(), "name no sessions"],
    ["no words at all", document("<capability/>"), "name no sessions"],
    [
      "no sessions for a token",
      document(capability("https://a/skaha", "ivo://ivoa.net/sso#cookie"), capability("https://a/skaha", "ivo://x#y")),
      "none for the security method ivo://ivoa.net/sso#token; there is: ivo://ivoa.net/sso#cookie, ivo://x#y",
    ],
    ["sessions for strangers only", document(capability("https://a/skaha").replace(/<sec.*?>/, "")), "there is: none"],
    ["no base", document(capability("https://a.example.org/skaha", TOKEN, "full")), "give no base address"],
    ["only /v0", document(capability("https://a.example.org/skaha/v0/session")), "another version than v1"],
    [
      "a script",
      document(capability("javascript:alert(1)")),
      "“javascript:alert(1)” for sessions, which is no http(s)",
    ],
    ["a path", document(capability("/skaha/v1/session")), "which is no http(s) address"],
    ["a password", document(capability("https://u:p@a.example.org/skaha")), "which is no http(s) address"],
    [
      "no https",
      document(capability("http://a.example.org/skaha/v1")),
      "http://a.example.org for sessions, which is no https",
    ],
  ])("when its capabilities have %s", async (_what, xml, words) => {
    publish(xml);
    const { message, mayPass } = await troubleOf(find());
    expect(message).toContain(words);
    expect(mayPass).toBe(false);
  });

  const good = document(capability("https://host.example.org/skaha/v1/session"));
  const laughs = Array.from({ length: 30 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");
  test.each([
    ["a billion laughs", `<!DOCTYPE c [<!ENTITY l0 "ha">${laughs}]>${good.replace(/host/, "&l30;")}`, "document type"],
    [
      "a file of ours",
      `<!DOCTYPE c [<!ENTITY f SYSTEM "file:///etc/passwd">]>${good.replace(/host/, "&f;")}`,
      "document type",
    ],
    ["half a document", good.slice(0, good.length / 2), "no XML that can be read"],
    ["no XML", "{}", "no XML that can be read"],
    ["nothing", "", "no XML that can be read"],
    ["too deep a document", document("<a>".repeat(10_000) + "</a>".repeat(10_000)), "no XML that can be read"],
    ["another document", "<availability/>", "another kind of XML"],
    ["a page", "<html><body>please sign in</body></html>", "answered a web page"],
    ["ten megabytes", good + " ".repeat(10 * 1024 * 1024), "answered more than 1 MiB"],
  ])("when its capabilities are %s", async (_what, xml, words) => {
    publish(xml);
    expect((await troubleOf(find())).message).toContain(words);
  });
});

test("an entity that nobody declared stays the letters that it is", async () => {
  publish(document(capability("https://&skaha;.example.org/skaha&amp;more/v1")));
  expect(await find()).toBe("https://&skaha;.example.org/skaha&more");
});

test("whoever stops the search is told their own reason", async () => {
  answers.set("/reg/resource-caps", () => {});
  const stop = new AbortController();
  const searching = discoverSkaha({ registry: new URL(`${url}/reg`), resourceId: ID, timeoutMs: 60_000 }, stop.signal);
  stop.abort(new Error("no time left"));
  await expect(searching).rejects.toThrow("no time left");
});

describe("whether a platform is available", () => {
  test("is what it says of itself, with its note", async () => {
    const base = new URL(`${skaha.url}/skaha/`);
    expect(await readAvailability(base, {}, signal)).toEqual({
      available: true,
      note: "service is accepting requests",
    });
    skaha.platform({ available: false });
    expect(await readAvailability(base, {}, signal)).toEqual({
      available: false,
      note: "the platform is being worked on",
    });
  });

  test.each([
    ["<availability><available> 1 </available></availability>", { available: true, note: null }],
    [
      "<v:availability xmlns:v='x'><v:available>false</v:available><v:note>A &amp;amp; B</v:note><v:note>C</v:note></v:availability>",
      { available: false, note: "A &amp; B C" },
    ],
  ])("%s", async (xml, said) => {
    say("/skaha/availability", xml);
    expect(await readAvailability(new URL(`${url}/skaha`), {}, signal)).toEqual(said);
  });

  test.each([
    ["<availability><available>maybe</available></availability>", "it answered another kind of XML."],
    ["<availability/>", "it answered another kind of XML."],
    ["<availability><available>true</avail", "it answered no XML that can be read (line 1)."],
    ["<!DOCTYPE a><availability><available>true</available></availability>", "with a document type declaration"],
    ["<html/>", "it answered a web page."],
  ])("is not known from %s", async (xml, words) => {
    say("/skaha/availability", xml);
    await expect(readAvailability(new URL(`${url}/skaha`), {}, signal)).rejects.toMatchObject({
      name: "AvailabilityError",
      message: expect.stringContaining(words),
    });
  });

  test("is not known of one that is down", async () => {
    await expect(readAvailability(new URL(`${nowhere}/skaha`), {}, signal)).rejects.toThrow(
      `Whether ${new URL(nowhere).host} is available is not known: it cannot be reached (ECONNREFUSED).`,
    );
  });
});
