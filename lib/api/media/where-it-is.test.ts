import { expect, test } from "vitest";
import { jsonSchemas } from "../standard/json-schemas.ts";
import { readBody } from "./read-body.ts";
import { makeXmlCodec } from "./xml/make-xml-codec.ts";

const xml = { codec: makeXmlCodec(jsonSchemas()), schema: "ExecutionRequest" };

async function trouble(format: string, body: string) {
  const headers = { "content-type": `application/${format}` };
  const read = await readBody(new Request("http://broker.test/", { method: "POST", body, headers }), { xml });
  if (read.ok) throw new Error("it was read");
  return read.error;
}

// Found by the fuzz suite: each of these said what is wrong, and not where.
test("a long text that is no JSON is told with its line, though V8 says none", async () => {
  const long = JSON.stringify({ executable: { kind: "x".repeat(100) }, schedule: {} });
  expect(await trouble("json", long.replace('"schedule":', '"schedule",:'))).toMatchObject({ status: 400, line: 1 });
});

test("YAML that is nested too deep is told with its line", async () => {
  expect(await trouble("yaml", `a: 1\nb: ${"[".repeat(500)}`)).toMatchObject({ status: 400, line: 2 });
});

test("an alias without an anchor is told by its name", async () => {
  expect((await trouble("yaml", "a: *nothing")).sentence).toBe("The alias “*nothing” has no anchor before it.");
});

test("what is nested too deep by repetition is told with its path", async () => {
  expect((await trouble("yaml", "a: &a [*a]")).sentence).toContain("/a/0/0/0");
});

test("a reference that XML does not have is told with its element", async () => {
  const body = "<offers-request><meta><name>&x;</name></meta></offers-request>";
  expect((await trouble("xml", body)).sentence).toContain("<name>");
});

test("an encoding that is not read is told by where it stands", async () => {
  expect((await trouble("xml", '<?xml version="1.0" encoding="UTF-16"?><offers-request/>')).sentence).toContain(
    "<?xml",
  );
});
