import { expect, test } from "vitest";
import { bareAddress } from "./bare-address.ts";

test.each([
  ["https://example.org/a.fits", "https://example.org/a.fits"],
  ["https://example.org:8080/@ada/a.fits", "https://example.org:8080/@ada/a.fits"],
  ["https://[::1]:8080/a@b", "https://[::1]:8080/a@b"],
  ["https://example.org/a?token=secret#secret", "https://example.org/a"],
  ["https://example.org/a#secret?secret", "https://example.org/a"],
  ["https://me:secret@example.org/a?x=me@b", "https://example.org/a"],
  ["https://secret@example.org:80/a", "https://example.org:80/a"],
  ["ftp://me:sec@ret@example.org/a", "ftp://example.org/a"],
  ["https://me:sec/ret@example.org/a", "https://example.org/a"],
  ["https://me:sec?ret@example.org/a", "https://example.org/a"],
  ["me:secret@example.org/a", "example.org/a"],
  ["//me:secret@example.org/a", "//example.org/a"],
  ["https:me:secret@example.org/a", "example.org/a"],
  ["images.example.org:5000/sky/fit:1.0@sha256:abc", "images.example.org:5000/sky/fit:1.0@sha256:abc"],
  ["fit:1.0@sha256:abc", "fit:1.0@sha256:abc"],
  ["s3://{bucket}/{object}", "s3://{bucket}/{object}"],
  ["", ""],
])("%s is shown as %s", (address, shown) => {
  expect(bareAddress(address)).toBe(shown);
});

test("long ones do not take long", () => {
  for (const piece of [":", "@", "//", "a:@", "@sha1:"])
    expect(bareAddress(piece.repeat(1_000_000))).toBeTypeOf("string");
});
