import { expect, test } from "vitest";
import { as, atOnce, NOTEBOOK, skahaForTests } from "./trial.ts";

const skaha = skahaForTests();
const alice = () => as(skaha(), "alice");
const json = async (path: string) => JSON.parse((await alice().get(path)).text);
const upTo = (max: number) => Array.from({ length: max }, (_, index) => index + 1);

// Row 23
test("the capacity is shown, or 503 with a time to wait", async () => {
  skaha().scenario({ delays: atOnce });
  await alice().made({ cores: "2", ram: "8" });
  expect(await json("/v1/session?view=stats")).toEqual({
    cores: { requestedCPUCores: 2, cpuCoresAvailable: 100, maxCPUCores: { cpuCores: 16, withRam: "206.16G" } },
    ram: { requestedRAM: "8G", ramAvailable: "400G", maxRAM: { ram: "206.16G", withCPUCores: 16 } },
  });
  skaha().platform({ metrics: false });
  const said = await alice().get("/v1/session?view=stats");
  expect([said.status, said.text, said.headers.get("retry-after")]).toEqual([
    503,
    "temporarily unavailable: null\n",
    "30",
  ]);
});

// Row 24
test("the context has two forms; the limit is a number in one and a text in the other", async () => {
  expect(await json("/v1/context")).toEqual({
    cores: { default: 1, defaultRequest: 1, defaultLimit: 16, options: upTo(16) },
    memoryGB: { default: 4, defaultRequest: 4, defaultLimit: 32, options: upTo(192) },
    gpus: { options: upTo(7) },
    maxInteractiveSessions: 3,
  });
  skaha().platform({ gpus: false });
  expect((await json("/v1/context")).gpus).toEqual({ options: [] });
  skaha().platform({ context: "static" });
  skaha().limit({ limit: 5 });
  const fixed = await json("/v1/context");
  expect(fixed).toMatchObject({
    cores: { default: 2, defaultRequest: 1, defaultLimit: 8, options: upTo(16) },
    memoryGB: { default: 8, defaultRequest: 4, defaultLimit: 32 },
    gpus: { options: upTo(28) },
    maxInteractiveSessions: "5",
  });
  expect(fixed.memoryGB.options).toHaveLength(28);
  expect((await alice().create({ ram: "3" })).text).toBe("Invalid value for 'ram': 3\n");
});

// Row 25
test("images are listed by type, in exactly this case", async () => {
  const all = await json("/v1/image");
  expect(all.map(({ id }: { id: string }) => id)).toEqual(
    expect.arrayContaining([
      NOTEBOOK,
      ...["astroml:latest", "desktop:latest", "carta:latest", "vscode:latest", "firefly:2025.2"].map(
        (name) => `images.canfar.net/skaha/${name}`,
      ),
    ]),
  );
  const carta = await json("/v1/image?type=carta");
  expect(carta).toEqual([
    {
      id: "images.canfar.net/skaha/carta:latest",
      types: ["carta"],
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    },
  ]);
  const wrong = await alice().get("/v1/image?type=Carta");
  expect([wrong.status, wrong.text]).toEqual([400, "unknown type: Carta\n"]);
  expect(await json("/v1/repository")).toEqual(["images.canfar.net"]);
});

// Row 25
test("availability and capabilities need no sign-in; version 0 is gone although it is advertised", async () => {
  const open = async (path: string) => {
    const response = await fetch(`${skaha().url}/skaha${path}`);
    return { status: response.status, text: await response.text() };
  };
  const available = await open("/availability");
  expect(available.text).toContain("available>true</");
  expect(available.text).toContain('"http://www.ivoa.net/xml/VOSIAvailability/v1.0"');
  const { text } = await open("/capabilities");
  for (const noun of ["session", "context", "image", "repository"]) {
    const its = text
      .split("<capability ")
      .find((part) => part.includes(`"http://www.opencadc.org/std/platform#${noun}-1"`));
    expect(its).toContain(`<accessURL use="base">${skaha().url}/skaha/v1/${noun}</accessURL>`);
    expect(its?.match(/ivo:\/\/ivoa.net\/sso#[a-z-]+/g)).toEqual([
      "ivo://ivoa.net/sso#cookie",
      "ivo://ivoa.net/sso#tls-with-certificate",
      "ivo://ivoa.net/sso#token",
    ]);
  }
  expect(text).toContain("/skaha/v0/session");
  expect((await alice().get("/v0/session")).status).toBe(404);
  expect((await open("")).text).toContain("<html");
});

// Row 28
test("the registry says where the capabilities are", async () => {
  const response = await fetch(`${skaha().url}/reg/resource-caps`);
  const lines = (await response.text()).split("\n").map((line) => line.split(" = "));
  const address = Object.fromEntries(lines)["ivo://cadc.nrc.ca/skaha"];
  expect(address).toBe(Object.fromEntries(lines)["ivo://canfar.net/src/skaha"]);
  expect((await (await fetch(address)).text()).startsWith("<?xml")).toBe(true);
});

test("lists can be filtered by type and status in any case, and show only what each view shows", async () => {
  skaha().scenario({ delays: atOnce });
  const desktop = await alice().made({ type: "desktop", image: "images.canfar.net/skaha/desktop:latest" });
  await alice().made({ type: "headless", cmd: "sleep", args: "1000" });
  await alice().post(`/v1/session/${desktop}/app`, { image: "images.canfar.net/skaha/terminal:latest" });
  await as(skaha(), "bob").made();
  const types = async (query: string) => (await alice().list(query)).map(({ type }) => type).sort();
  expect(await types("")).toEqual(["desktop", "headless"]);
  expect(await types("?type=&status=")).toEqual(["desktop", "headless"]);
  expect(await types("?type=HEADLESS&status=running")).toEqual(["headless"]);
  expect(await types("?status=Failed")).toEqual([]);
  expect(await types("?type=desktop-app")).toEqual(["desktop-app"]);
  expect(await types("?view=Interactive")).toEqual(["desktop", "desktop-app"]);
  expect(await types("?view=all")).toEqual(["desktop", "headless", "notebook"]);
  expect(await types("?view=ALL")).toEqual(["desktop", "headless"]);
  const all = await alice().list("?view=all&type=notebook");
  expect(all).toEqual([{ userid: "bob", type: "notebook", status: "Running", startTime: expect.any(String) }]);
});

test("programs inside a desktop session are started, listed and ended", async () => {
  const desktop = await alice().made({ type: "desktop", image: "images.canfar.net/skaha/desktop:latest" });
  const apps = `/v1/session/${desktop}/app`;
  const id = (await alice().post(apps, { image: "images.canfar.net/skaha/terminal:latest" })).text.trim();
  expect(await json(apps)).toMatchObject([{ id: desktop, appid: id, type: "desktop-app" }]);
  expect(await json(`${apps}/${id}`)).toMatchObject({ appid: id });
  expect((await as(skaha(), "bob").get(`${apps}/${id}`)).status).toBe(404);
  expect((await alice().call("DELETE", `${apps}/${id}`)).status).toBe(200);
  expect(await json(apps)).toEqual([]);
});

test("the Python client's requests are served", async () => {
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
    "x-skaha-authentication-type": "RUNTIME-TOKEN",
    "user-agent": "python-canfar/1.4.1",
  };
  const query = `name=py&image=${encodeURIComponent(NOTEBOOK)}&type=notebook&cores=2&ram=4&env=REPLICA_ID%3D1&env=REPLICA_COUNT%3D1`;
  const made = await alice().call("POST", `/v1/session?${query}`, { headers });
  const id = made.text.trim();
  for (const path of ["?type=notebook&status=&view=all", `/${id}`, `/${id}?view=logs`, "?view=stats"])
    expect((await alice().call("GET", `/v1/session${path}`, { headers })).status).toBe(200);
  expect((await alice().call("DELETE", `/v1/session/${id}`, { headers })).status).toBe(200);
});
