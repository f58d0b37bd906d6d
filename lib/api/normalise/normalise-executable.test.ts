import { expect, test } from "vitest";
import { kinds } from "#lib/api/standard/kinds.ts";
import { isAcceptable } from "#lib/api/standard/message.ts";
import { normaliseRequest } from "./normalise-request.ts";

const { jupyterNotebook, dockerContainer, singularityContainer } = kinds.executable;
const location = "https://example.org/fit.ipynb";

test.each<[object, object]>([
  [
    { type: "urn:jupyter-notebook-0.1", notebook: location },
    { kind: jupyterNotebook, location },
  ],
  [
    { kind: "uri:jupyter-notebook-1.0", spec: { notebook: { file: location }, requirements: [] } },
    { kind: jupyterNotebook, location },
  ],
  [
    { kind: "urn:canfar-notebook-0.1", image: "images.example.org/skaha/astroml:24.07" },
    { kind: dockerContainer, image: { locations: ["images.example.org/skaha/astroml:24.07"] } },
  ],
  [
    {
      kind: "urn:docker-container-0.1",
      repository: "images.example.org",
      namespace: "skaha",
      image: "astroml",
      tag: "24.07",
      digest: "sha256:abc",
      platform: "linux/amd64",
    },
    {
      kind: dockerContainer,
      image: {
        locations: ["images.example.org/skaha/astroml:24.07"],
        digest: "sha256:abc",
        platform: { os: "linux", architecture: "amd64" },
      },
    },
  ],
  [
    { kind: "uri:docker-container-1.0", spec: { repo: "images.example.org", image: "astroml", version: "24.07" } },
    { kind: dockerContainer, image: { locations: ["images.example.org/astroml:24.07"] } },
  ],
  [
    { kind: "uri:docker-container-1.0", repo: "images.example.org/", image: "astroml" },
    { kind: dockerContainer, image: { locations: ["images.example.org/astroml"] } },
  ],
  [
    { kind: dockerContainer, image: { namespace: "skaha", image: "astroml", platforms: ["linux/arm64"] } },
    {
      kind: dockerContainer,
      image: { locations: ["skaha/astroml"], platform: { os: "linux", architecture: "arm64" } },
    },
  ],
  [
    { kind: dockerContainer, image: "a", platforms: [{ os: "linux", architecture: "arm64" }, "linux/amd64"] },
    { kind: dockerContainer, image: { locations: ["a"], platform: { os: "linux", architecture: "arm64" } } },
  ],
  [
    {
      kind: "urn:docker-container-0.1",
      image: "a",
      network: { ports: [{ access: true, internal: "8080", external: { port: 80 }, address: "10.0.0.1", path: "/" }] },
    },
    {
      kind: dockerContainer,
      image: { locations: ["a"] },
      network: { ports: [{ access: true, internal: { port: 8080 }, path: "/" }] },
    },
  ],
  [
    { kind: "urn:single-container-0.1", image: "https://example.org/a.sif" },
    { kind: singularityContainer, location: "https://example.org/a.sif" },
  ],
  [
    { kind: jupyterNotebook, location, access: [{ url: "https://example.org" }], endpoint: "https://example.org" },
    { kind: jupyterNotebook, location },
  ],
  [
    {
      kind: jupyterNotebook,
      location,
      uuid: "0190a5a0-0000-7000-8000-00000000000a",
      name: "fit",
      description: "A line.",
      href: "https://example.org/executables/1",
      created: "2024-01-01T00:00:00Z",
      modified: "2024-01-01T00:00:00Z",
      messages: [],
      options: [],
      properties: {},
    },
    {
      kind: jupyterNotebook,
      location,
      meta: {
        uuid: "0190a5a0-0000-7000-8000-00000000000a",
        name: "fit",
        url: "https://example.org/executables/1",
        description: "A line.",
        created: "2024-01-01T00:00:00Z",
        modified: "2024-01-01T00:00:00Z",
        messages: [],
        options: [],
      },
    },
  ],
])("%j is read as today's", (executable, expected) => {
  const { body, notes } = normaliseRequest({ executable });
  expect(body).toEqual({ executable: expected });
  expect(notes.length).toBeGreaterThan(0);
  expect(isAcceptable(notes)).toBe(true);
  expect(normaliseRequest(body)).toEqual({ body, notes: [] });
});

test("each rewrite is one note that names the place, the older form and the newer one", () => {
  const { notes } = normaliseRequest({ executable: { type: "urn:single-container-0.1", image: "a.sif" } });
  expect(notes.map(({ level, values: { path, used, instead } }) => [level, path, used, instead])).toEqual([
    ["INFO", "/executable/type", "type", "kind"],
    ["INFO", "/executable/type", "urn:single-container-0.1", singularityContainer],
    ["INFO", "/executable/image", "image", "location"],
  ]);
});

test("packages that a notebook needs cannot be promised", () => {
  for (const executable of [
    { kind: jupyterNotebook, location, requirements: ["numpy"] },
    { kind: "urn:jupyter-notebook-0.1", notebook: { file: location, requirements: "requirements.txt" } },
  ]) {
    const errors = normaliseRequest({ executable }).notes.filter(({ level }) => level === "ERROR");
    expect(errors).toMatchObject([{ kind: "urn:not-supported" }]);
    expect(errors[0]?.values.path).toMatch(/\/requirements$/);
  }
});

test("a program that version 1.0 does not know is not supported", () => {
  expect(normaliseRequest({ executable: { type: "urn:ping-0.1" } }).notes).toMatchObject([
    { kind: "urn:deprecated-input", level: "INFO" },
    { kind: "urn:not-supported", level: "ERROR", values: { path: "/executable/type", used: "urn:ping-0.1" } },
  ]);
});

test("what is said twice counts in its newer form, with a warning", () => {
  const { body, notes } = normaliseRequest({
    executable: {
      kind: dockerContainer,
      tag: "2",
      name: "older",
      meta: { name: "fit" },
      image: { locations: ["a:1"] },
    },
  });
  expect(body).toEqual({ executable: { kind: dockerContainer, meta: { name: "fit" }, image: { locations: ["a:1"] } } });
  expect(notes.map(({ level, values }) => [level, values.path])).toEqual([
    ["WARN", "/executable/name"],
    ["WARN", "/executable/tag"],
  ]);
});

test("the name of an image in parts that are no text is refused", () => {
  const image = { image: { toString: 1, valueOf: 1 } };
  expect(normaliseRequest({ executable: { kind: dockerContainer, image } }).notes).toContainEqual(
    expect.objectContaining({ kind: "urn:bad-value", level: "ERROR" }),
  );
});
