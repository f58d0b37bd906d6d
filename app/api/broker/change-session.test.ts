import { expect, test } from "vitest";
import { callApi } from "#app/api/broker/testing/call-api.ts";
import { kinds } from "#lib/api/standard/kinds.ts";
import { tokenOf } from "#lib/testing/token-of.ts";
import { makeUniverse, personOf } from "#lib/testing/universe.ts";

const json = { "content-type": "application/json", accept: "application/json" };

// Found by the fuzz suite: the problem did not say which of the fields was wrong.
test("giving back more slots than a session has names the number as what is wrong", async () => {
  const token = await tokenOf(personOf(await makeUniverse(), 0));
  const post = (where: string, body: object) =>
    callApi("POST", where, { token, headers: json, body: JSON.stringify(body) });
  const booked = await (await post("/direct", { executable: { kind: kinds.executable.jupyterNotebook } })).json();
  const update = { kind: kinds.updates.integerDelta, path: "/schedule/available/duration", delta: -100 };
  const refused = await post(`/sessions/${booked.meta.uuid}`, update);
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ path: "/delta", code: "INVALID_REQUEST", phase: "ACCEPTED" });
});
