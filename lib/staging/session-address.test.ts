import { expect, test } from "vitest";
import { addressOfFile, readSessionAddress } from "./session-address.ts";

const read = (address: string) => {
  const { base, ...others } = readSessionAddress(new URL(address));
  return { base: base.href, ...others };
};

test.each([
  ["http://127.0.0.1:8888/lab?token=t", "http://127.0.0.1:8888/", "", true],
  ["http://127.0.0.1:8888/tree?token=t", "http://127.0.0.1:8888/", "", false],
  [
    "https://p.org/session/notebook/ab/lab/tree/arc/home/alice?token=t",
    "https://p.org/session/notebook/ab/",
    "arc/home/alice/",
    true,
  ],
  [
    "https://p.org/session/notebook/ab/tree/arc/home/al%20ice/?token=t",
    "https://p.org/session/notebook/ab/",
    "arc/home/al ice/",
    false,
  ],
  ["https://p.org/session/notebook/ab/?token=t", "https://p.org/session/notebook/ab/", "", true],
])("%s leads to a Jupyter and a folder", (address, base, folder, isLab) => {
  expect(read(address)).toEqual({ base, folder, isLab, token: "t" });
});

test.each([
  ["http://127.0.0.1:8888/lab?token=t", "http://127.0.0.1:8888/lab/tree/broker/m-1/fit.ipynb?token=t"],
  ["http://127.0.0.1:8888/tree?token=t", "http://127.0.0.1:8888/notebooks/broker/m-1/fit.ipynb?token=t"],
  [
    "https://p.org/session/notebook/ab/lab/tree/arc/home/al%20ice?token=t",
    "https://p.org/session/notebook/ab/lab/tree/arc/home/al%20ice/broker/m-1/fit.ipynb?token=t",
  ],
])("a notebook is opened where %s leads to", (open, address) => {
  expect(addressOfFile(new URL(open), "broker/m-1/fit.ipynb").href).toBe(address);
});

test("a name with letters of its own stays one piece of the address", () => {
  const address = addressOfFile(new URL("http://127.0.0.1:1/lab?token=t"), "broker/m-1/Größe+1.ipynb");
  expect(decodeURIComponent(address.pathname)).toBe("/lab/tree/broker/m-1/Größe+1.ipynb");
});
