import { isObject } from "../media/json-value.ts";
import type { Component } from "./component.ts";
import { leftOut, type Notes, rewritten } from "./notes.ts";
import { change, close, entries, open, type Placed, take } from "./placed.ts";

/**
 * The ports of a container from their older shapes: `internal: "8080"` for `internal: {port: 8080}`, and without
 * the outside address, which the platform gives and no client can choose.
 */
export function dockerNetwork({ fields, kindSent }: Component, notes: Notes): void {
  const isOlder = kindSent !== fields.get("kind")?.value;
  change(fields, "network", (network) => {
    if (!isObject(network.value)) return network.value;
    const parts = open(network.value, network.path);
    change(parts, "ports", ({ value, path }) =>
      Array.isArray(value) ? entries(value, path).map((port) => olderPort(port, isOlder, notes)) : value,
    );
    return close(parts);
  });
}

function olderPort(sent: Placed, isOlder: boolean, notes: Notes): unknown {
  if (!isObject(sent.value)) return sent.value;
  const port = open(sent.value, sent.path);
  change(port, "internal", ({ value, path }) => {
    if ((typeof value !== "string" && typeof value !== "number") || !/^\d{1,5}$/.test(String(value))) return value;
    rewritten(notes, path, value, `internal: {port: ${Number(value)}}`);
    return { port: Number(value) };
  });
  const outside = port.get("external");
  // Version 1.0 has `external` too, as an object with other fields: that is no older form.
  const isOutsideOlder = isOlder || !isObject(outside?.value) || Object.hasOwn(outside.value, "address");
  for (const key of isOutsideOlder ? ["external", "address"] : ["address"]) {
    const field = take(port, key);
    if (field !== undefined) leftOut(notes, field.path, key, "the platform gives the outside address of a port");
  }
  return close(port);
}
