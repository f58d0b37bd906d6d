import { expect, test } from "vitest";
import { withoutPassword } from "./database.ts";
import { addressOf } from "./settings.ts";

test.each([
  ["127.0.0.1", "http://127.0.0.1:3000"],
  ["localhost", "http://localhost:3000"],
  ["0.0.0.0", "http://localhost:3000"],
  ["::", "http://localhost:3000"],
  ["::1", "http://[::1]:3000"],
  ["[::1]", "http://[::1]:3000"],
  ["broker.example.org", "http://broker.example.org:3000"],
])("a server that listens on %s is reached at %s", (HOST, address) => {
  expect(addressOf({ HOST, PORT: 3000 })).toBe(address);
});

test("an address of a database is shown without its password", () => {
  expect(withoutPassword("postgresql://ada:secret@db:5432/meridian?sslkey=x")).toBe(
    "postgresql://ada@db:5432/meridian",
  );
  expect(withoutPassword("not an address")).toBeNull();
});
