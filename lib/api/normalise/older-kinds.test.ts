import { expect, test } from "vitest";
import { KIND_BASE, kinds } from "#lib/api/standard/kinds.ts";
import { cardinalityOf, isGone, newerKind } from "./older-kinds.ts";

const IVOA = "https://www.purl.org/ivoa.net";
const TYPES = `${IVOA}/EB/schema/types`;

test.each([
  // The rule, in its spellings.
  [`${TYPES}/executables/jupyter-notebook-1.0`, kinds.executable.jupyterNotebook],
  [`${TYPES}/executables/docker-container-1.0.yaml`, kinds.executable.dockerContainer],
  [
    `http://www.purl.org/ivoa.net/EB/schema/types/executable/singularity-container-1.0`,
    kinds.executable.singularityContainer,
  ],
  [`${IVOA}/EB/schema/v1.0/types/data/ivoa-data-resource-1.0`, kinds.data.ivoa],
  [`${IVOA}/EB/schema/v1.0//types/data/skao-data-resource-1.0`, kinds.data.skao],
  [`${TYPES}/resources/storage/simple-storage-resource-1.0`, kinds.storage.simple],
  // Its renames of groups.
  [`${TYPES}/computer/simple-compute-resource-1.0`, kinds.compute.simple],
  [`${TYPES}/resources/compute/simple-compute-1.0`, kinds.compute.simple],
  [`${KIND_BASE}/computer/simple-compute-resource.yaml`, kinds.compute.simple],
  [`${TYPES}/volumes/simple-volume-mount-1.0`, kinds.volume.simple],
  [`${TYPES}/sessions/execution-session-response-1.0`, kinds.session.scheduled],
  [`${TYPES}/offersets/offerset-response-1.0`, kinds.offerSet],
  // And of names.
  [`${TYPES}/data/Rucio-data-resource-1.0`, kinds.data.rucio],
  [`${TYPES}/data/Amazon-S3-data-resource-1.0`, kinds.data.s3],
  [`${TYPES}/data/S3-data-resource-1.0`, kinds.data.s3],
  [`${TYPES}/storage/simple-storage-1.0`, kinds.storage.simple],
  [`${TYPES}/volume/instance-volume-mount-1.0`, kinds.volume.simple],
  [`${TYPES}/volume/container-volume-mount-1.0`, kinds.volume.simple],
  // Doubled slashes in a kind of version 1.0 itself.
  [kinds.data.simple.replace("/kinds/", "//kinds/"), kinds.data.simple],
  // Those outside of the rule.
  ["urn:jupyter-notebook-0.1", kinds.executable.jupyterNotebook],
  ["uri:jupyter-notebook-0.1", kinds.executable.jupyterNotebook],
  ["urn:jupyter-notebook-01.", kinds.executable.jupyterNotebook],
  ["uri:jupyter-notebook-1.0", kinds.executable.jupyterNotebook],
  [`${IVOA}/executable-types/jupyter-notebook`, kinds.executable.jupyterNotebook],
  ["urn:canfar-notebook-0.1", kinds.executable.dockerContainer],
  ["urn:docker-container-0.1", kinds.executable.dockerContainer],
  ["uri:docker-container-1.0", kinds.executable.dockerContainer],
  [`${IVOA}/executable-types/docker-container`, kinds.executable.dockerContainer],
  [`${IVOA}/executable-types/oci-container`, kinds.executable.dockerContainer],
  ["urn:single-container-0.1", kinds.executable.singularityContainer],
  ["urn:singular-container-0.1", kinds.executable.singularityContainer],
  ["uri:singular-container-1.0", kinds.executable.singularityContainer],
  [`${IVOA}/executable-types/singularity-container`, kinds.executable.singularityContainer],
  ["urn:simple-compute-resource", kinds.compute.simple],
  ["urn:simple-compute-resource-0.1", kinds.compute.simple],
  ["uri:simple-compute-resource-0.1", kinds.compute.simple],
  ["urn:compute-resource", kinds.compute.simple],
  ["uri:generic-compute", kinds.compute.simple],
  ["urn:generic-compute", kinds.compute.simple],
  [`${IVOA}/resource-types/generic-compute`, kinds.compute.simple],
  ["uri:filesystem-mount", kinds.volume.simple],
  ["urn:simple-storage-resource", kinds.storage.simple],
  ["urn:simple-storage-resource-0.1", kinds.storage.simple],
  ["uri:ephemeral-storage", kinds.storage.simple],
  [`${IVOA}/storage-types/ephemeral-storage`, kinds.storage.simple],
  ["urn:simple-data-resource", kinds.data.simple],
  ["urn:simple-data-resource-0.1", kinds.data.simple],
  ["uri:simple-data-resource", kinds.data.simple],
  ["urn:S3-data-resource", kinds.data.s3],
  ["urn:S3-data-resource-0.1", kinds.data.s3],
  ["urn:s3-data-resource", kinds.data.s3],
  ["urn:Rucio-data-resource", kinds.data.rucio],
  ["urn:Rucio-data-resource-0.1", kinds.data.rucio],
  ["uri:amazon-s3-storage", kinds.data.s3],
  [`${IVOA}/storage-types/amazon-s3`, kinds.data.s3],
])("%s is %s now", (older, now) => {
  expect(newerKind(older)).toBe(now);
  expect(isGone(older)).toBe(false);
});

test("a kind of version 1.0 and an unknown one stay as they are", () => {
  const ofNow = [kinds.executable, kinds.compute, kinds.volume, kinds.storage, kinds.data].flatMap(Object.values);
  for (const kind of [...ofNow, "urn:something", "https://example.org//a", "", "constructor", "x".repeat(100_000)]) {
    expect(newerKind(kind)).toBe(kind);
    expect(isGone(kind)).toBe(false);
  }
});

test.each([
  `${TYPES}/executables/ping-1.0`,
  "urn:ping-executable-0.1",
  "uri:delay-1.0",
  `${IVOA}/executable-types/repo2docker`,
  "urn:repo2docker-container-0.1",
  `${IVOA}/executable-types/binder-notebook`,
  "uri:zeppelin-notebook-1.0",
  "urn:java-program-0.1",
  `${TYPES}/executables/python-program-1.0`,
  "uri:persistent-storage",
  "urn:rucio-storage",
  `${IVOA}/storage-types/rucio`,
  `${TYPES}/storage/vospace-storage-resource-1.0`,
  "uri:ivoa-science-resource-1.0",
  "uri:skao-science-resource-0.1",
  `${IVOA}/resource-types/fpga`,
  `${IVOA}/resource-types/gpu-compute`,
  `${KIND_BASE}/data/abstract-data-resource.yaml`,
])("%s has no place in version 1.0", (kind) => {
  expect(isGone(kind)).toBe(true);
});

test("older kinds of volumes said how many resources they mount", () => {
  expect(cardinalityOf(`${TYPES}/volumes/instance-volume-mount-1.0`)).toBe("INSTANCE");
  expect(cardinalityOf(`${TYPES}/volumes/container-volume-mount-1.0`)).toBe("CONTAINER");
  expect(cardinalityOf("uri:filesystem-mount")).toBeNull();
});
