import { expect, test } from "vitest";
import { as, atOnce, inHours, NOTEBOOK, poll, skahaForTests } from "./trial.ts";

const skaha = skahaForTests();
const alice = () => as(skaha(), "alice");
const secret = { "x-skaha-registry-auth": Buffer.from("alice:secret").toString("base64") };
const NO_REGISTRY_SECRET =
  "No authentication provided for unknown or private image.  " +
  "Use x-skaha-registry-auth request header with base64Encode(username:secret).";

// Row 3
test("JSON, or no content type at all, means no parameters", async () => {
  const body = JSON.stringify({ image: NOTEBOOK, type: "notebook", name: "first" });
  const query = `?${new URLSearchParams({ image: NOTEBOOK, name: "first" })}`;
  const asJson = await alice().call("POST", "/v1/session", { body, headers: { "content-type": "application/json" } });
  const asNothing = await alice().call("POST", `/v1/session${query}`);
  expect([asJson.status, asJson.text]).toEqual([400, "Missing parameter 'image'\n"]);
  expect([asNothing.status, asNothing.text]).toEqual([400, "Missing parameter 'image'\n"]);
});

// Row 4
test("a form body, a query string and a multipart form are read, with names in any case", async () => {
  skaha().limit({ limit: 10 });
  const form = { IMAGE: NOTEBOOK, Type: "NoteBook", nAmE: "first" };
  const query = `?${new URLSearchParams(form)}`;
  const multipart = new FormData();
  for (const [name, value] of Object.entries(form)) multipart.set(name, value);
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const answers = [
    await alice().post("/v1/session", form),
    await alice().call("POST", `/v1/session${query}`, { headers: type }),
    await alice().call("POST", "/v1/session", { body: multipart }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set((await alice().list()).map(({ type }) => type))).toEqual(new Set(["notebook"]));
});

// Row 4
test("a multipart form is read without the query string, and of repeated parameters the first counts", async () => {
  const multipart = new FormData();
  multipart.set("image", NOTEBOOK);
  const said = await alice().call("POST", "/v1/session?name=first", { body: multipart });
  expect(said.text).toBe("Missing parameter 'name'\n");
  const repeated: [string, string][] = [
    ["image", NOTEBOOK],
    ["name", "first"],
    ["name", "second"],
  ];
  const id = (await alice().post("/v1/session", repeated)).text.trim();
  expect((await alice().show(id)).name).toBe("first");
});

// Row 5: what is wrong, in the order of the checks; each request has everything wrong that comes after.
const wrong: [Record<string, string>, string][] = [
  [{}, "Missing parameter 'image'"],
  [{ image: "" }, "image is required"],
  [{ image: "docker.io/x" }, "session image 'docker.io/x' must come from one of [images.canfar.net]"],
  [{ type: "Lab" }, "Invalid session type: Lab"],
  [{ cores: "0.5" }, "Invalid value for 'cores': 0.5"],
  [{ ram: "193" }, "Invalid value for 'ram': 193"],
  [{}, "Missing parameter 'name'"],
  [{ name: "a_b" }, "name can only contain alpha-numeric chars and '-'"],
  [{}, "User alice has reached the maximum of 0 active sessions."],
  [{ gpus: "0" }, "Invalid value for 'gpus': 0"],
  [{}, "unexpected exception: the home directory cannot be made"],
  [{}, NO_REGISTRY_SECRET],
];

test("every check has its text, and the first failure in the order of the checks is the answer", async () => {
  const { post } = alice();
  skaha().limit({ limit: 0 });
  skaha().scenario({ outage: "storage" });
  const bad: Record<string, string> = { type: "Lab", cores: "0.5", ram: "193", gpus: "0" };
  const heard: string[] = [];
  const ask = async (mend: () => void) => {
    heard.push((await post("/v1/session", bad)).text.trim());
    mend();
  };
  await ask(() => Object.assign(bad, { image: "" }));
  await ask(() => Object.assign(bad, { image: "docker.io/x" }));
  await ask(() => Object.assign(bad, { image: "images.canfar.net.example.org/x" })); // only the beginning is compared
  await ask(() => Object.assign(bad, { type: "Notebook" }));
  await ask(() => Object.assign(bad, { cores: "1.5" }));
  await ask(() => Object.assign(bad, { ram: "8" }));
  await ask(() => Object.assign(bad, { name: "a_b" }));
  await ask(() => Object.assign(bad, { name: "A-b" }));
  await ask(() => skaha().limit({ limit: 3 }));
  await ask(() => Object.assign(bad, { gpus: "2" }));
  await ask(() => skaha().scenario({ clear: true }));
  await ask(() => Object.assign(bad, { image: NOTEBOOK }));
  expect(heard).toEqual(wrong.map(([, words]) => words));
  expect((await post("/v1/session", bad)).status).toBe(200);
});

test.each([
  ["cores", "1.5", 200],
  ["cores", "17", 400],
  ["cores", "-1", 400],
  ["cores", "two", 400],
  ["ram", "0", 400],
  ["ram", "192", 200],
  ["gpus", "7", 200],
  ["gpus", "8", 400],
  ["gpus", "1.5", 400],
])("%s=%s is answered %i", async (name, value, status) => {
  const said = await alice().create({ [name]: value });
  expect(said.status).toBe(status);
  if (status === 400) expect(said.text).toBe(`Invalid value for '${name}': ${value}\n`);
});

// Row 6
test("sessions that are Running or Pending count against the limit of their user, headless ones do not", async () => {
  skaha().limit({ limit: 2 });
  skaha().scenario({ delays: inHours });
  await alice().made({ type: "headless" });
  const first = await alice().made();
  await alice().made({ type: "desktop", image: "images.canfar.net/skaha/desktop:latest" });
  const refused = await alice().create();
  expect([refused.status, refused.text]).toEqual([400, "User alice has reached the maximum of 2 active sessions.\n"]);
  expect((await alice().create({ type: "headless" })).status).toBe(200);
  expect((await as(skaha(), "bob").create()).status).toBe(200);
  await alice().remove(first);
  expect((await alice().create()).status).toBe(200);
});

// Row 6
test("a program inside a desktop session does not count against the limit", async () => {
  skaha().limit({ limit: 2, user: "alice" });
  const desktop = await alice().made({ type: "desktop", image: "images.canfar.net/skaha/desktop:latest" });
  const app = await alice().post(`/v1/session/${desktop}/app`, { image: "images.canfar.net/skaha/terminal:latest" });
  expect(app.text).toMatch(/^[a-z][a-z0-9]{2}\n$/);
  expect((await alice().create()).status).toBe(200);
  expect((await alice().create()).text).toContain("maximum of 2");
});

// Row 7
test("an image that is not in the list needs a registry secret", async () => {
  const image = "images.canfar.net/private/mine:1";
  const refused = await alice().create({ image });
  expect([refused.status, refused.text]).toEqual([400, `${NO_REGISTRY_SECRET}\n`]);
  expect((await alice().create({ image }, secret)).status).toBe(200);
});

// Row 8
test("a session gets an id of eight characters and its name in lower case; twice the same makes two", async () => {
  const first = await alice().create({ name: "M-Seven" });
  const second = await alice().create({ name: "M-Seven" });
  for (const { text, headers } of [first, second]) {
    expect(text).toMatch(/^[a-z][a-z0-9]{7}\n$/);
    expect(headers.get("content-type")).toBe("text/plain");
  }
  expect((await alice().list()).map(({ name }) => name)).toEqual(["m-seven", "m-seven"]);
  expect(first.text).not.toBe(second.text);
});

test("what Kubernetes would not take is a 500: a long name, one that ends with a dash, a desktop-app", async () => {
  for (const form of [{ name: "a".repeat(64) }, { name: "a-" }, { type: "desktop-app" }] as Record<string, string>[]) {
    const { status, text } = await alice().create(form);
    expect([status, text]).toEqual([500, expect.stringMatching(/^unexpected exception: .*[^\n]$/)]);
  }
});

// Row 11
test("asked resources are fixed and told in decimal gigabytes; without them a session is flexible", async () => {
  const fixed = await alice().show(await alice().made({ cores: "2", ram: "8" }));
  expect(fixed).toMatchObject({
    isFixedResources: true,
    requestedRAM: "8.59",
    requestedCPUCores: "2",
    requestedGPUCores: "0",
  });
  const flexible = await alice().show(await alice().made());
  expect(flexible).toMatchObject({ isFixedResources: false, requestedGPUCores: "0" });
  expect(flexible).not.toHaveProperty("requestedRAM");
  expect(flexible).not.toHaveProperty("requestedCPUCores");
  // Memory alone decides.
  expect(await alice().show(await alice().made({ cores: "2" }))).not.toHaveProperty("requestedCPUCores");
});

const finished = (id: string) =>
  poll(
    "it is over",
    async () => (await alice().show(id)).status !== "Pending" && (await alice().show(id)).status !== "Running",
  );

// Row 12
test("a headless session runs its command in the given environment alone; a notebook ignores it", async () => {
  skaha().scenario({ delays: atOnce });
  const form: [string, string][] = [
    ["image", NOTEBOOK],
    ["name", "job"],
    ["cmd", "env"],
    ["env", "REPLICA_ID=1"],
    ["env", "REPLICA_COUNT=1"],
    ["env", "DROPPED=a=b"],
  ];
  const id = (await alice().post("/v1/session", form)).text.trim();
  await finished(id);
  expect(await alice().show(id)).toMatchObject({ type: "headless", status: "Completed", connectURL: "" });
  const log = (await alice().get(`/v1/session/${id}?view=logs`)).text;
  expect(log.trim().split("\n").sort()).toEqual(["REPLICA_COUNT=1", "REPLICA_ID=1"]);
  const notebook = await alice().made({ cmd: "false", args: "x", env: "A=1" });
  await poll("the notebook runs", async () => (await alice().show(notebook)).status === "Running");
});

// Row 12
test.each([
  ["echo", "one  two", "Completed", "one two\n"],
  ["false", "", "Failed", ""],
  ["sh", "-c env", "Completed", `The simulator would run sh -c env in ${NOTEBOOK}.\n`],
  ["env", "sh", "Completed", `The simulator would run env sh in ${NOTEBOOK}.\n`],
])("the command %s %s ends as it should: %s", async (cmd, args, status, log) => {
  skaha().scenario({ delays: atOnce });
  const id = await alice().made({ type: "headless", cmd, args });
  await finished(id);
  expect((await alice().show(id)).status).toBe(status);
  expect((await alice().get(`/v1/session/${id}?view=logs`)).text).toBe(log);
});
