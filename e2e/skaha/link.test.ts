import { expect, test } from "vitest";
import { as, HOUR_MS, inHours, poll, skahaForTests } from "./trial.ts";

const skaha = skahaForTests();
const alice = () => as(skaha(), "alice");
const open = (address: string) => fetch(address, { redirect: "manual" });
const status = async (address: string) => (await open(address)).status;

const ready = async (form: Record<string, string> = {}) => {
  const id = await alice().made(form);
  const { connectURL } = await alice().show(id);
  await poll("the link answers", async () => (await status(connectURL)) === 200);
  return { id, connectURL };
};

// Row 26
test("the link answers only a moment after the session runs, and 404 again when it has ended", async () => {
  skaha().scenario({ delays: inHours });
  const id = await alice().made();
  const { connectURL } = await alice().show(id);
  const seen = [await status(connectURL)];
  for (const _ of ["admitted", "running", "ready"]) {
    skaha().clock({ forwardMs: HOUR_MS });
    seen.push(await status(connectURL));
  }
  expect(seen).toEqual([404, 404, 502, 200]);
  await alice().remove(id);
  expect(await status(connectURL)).toBe(404);
});

// Row 26
test("without the right token the link leads to a login page", async () => {
  const { connectURL } = await ready();
  for (const address of [connectURL.replace(/\?.*/, ""), connectURL.replace(/token=.*/, "token=wrong")]) {
    const response = await open(address);
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toMatch(/\/login\?next=/);
  }
});

// Row 18
test("when the user shuts Jupyter down, the session is Completed and its link is gone", async () => {
  const { id, connectURL } = await ready();
  const address = `${skaha().url}/session/notebook/${id}/api/shutdown`;
  const asStranger = await fetch(address, { method: "POST", redirect: "manual" });
  expect(asStranger.status).toBe(302);
  const done = await fetch(address, { method: "POST", headers: { authorization: `token ${id}` } });
  expect(done.status).toBe(200);
  expect((await alice().show(id)).status).toBe("Completed");
  expect(await status(connectURL)).toBe(404);
});

// Row 26
test.each([
  ["carta", "carta:latest", (id: string) => `carta/${id}/`],
  ["desktop", "desktop:latest", (id: string) => `desktop/${id}/?password=${id}&path=session/desktop/${id}/`],
  ["contributed", "vscode:latest", (id: string) => `contrib/${id}/`],
  ["firefly", "firefly:2025.2", (id: string) => `firefly/${id}/firefly/`],
])("a %s session has a page of its own", async (type, image, place) => {
  const { id, connectURL } = await ready({ type, image: `images.canfar.net/skaha/${image}` });
  expect(connectURL).toBe(`${skaha().url}/session/${place(id)}`);
});
