import { expect, test } from "vitest";
import { addressOf, type TryField } from "./address-of.ts";

const fields: readonly TryField[] = [
  { name: "uuid", place: "path" },
  { name: "phase", place: "query" },
  { name: "from", place: "query" },
  { name: "Idempotency-Key", place: "header" },
];

test("what is filled in goes where it belongs, and what is empty nowhere", () => {
  const values = { uuid: "a/b", phase: "RUNNING, AVAILABLE", from: " ", "Idempotency-Key": "mine" };
  expect(addressOf("/sessions/{uuid}", fields, values)).toEqual({
    address: "/sessions/a%2Fb?phase=RUNNING&phase=AVAILABLE",
    headers: { "Idempotency-Key": "mine" },
  });
});

test("without its uuid there is no address", () => {
  expect(addressOf("/sessions/{uuid}", fields, {})).toBeNull();
  expect(addressOf("/slots", [], {})).toEqual({ address: "/slots", headers: {} });
});
