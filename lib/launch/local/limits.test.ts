import { expect, test } from "vitest";
import { leastUsed, limitsFor, type Machine, whatIsEnforced } from "#lib/launch/local/limits.ts";

const laptop: Machine = { system: "linux", cores: [0, 1, 2, 3], hasTaskset: true, cgroup: null };
const mac: Machine = { system: "darwin", cores: [], hasTaskset: false, cgroup: null };
const delegated: Machine = { ...laptop, cgroup: { path: "/sys/fs/cgroup/user", memory: true, cpu: true } };
const two = { cores: 2, memoryGiB: 3, gpus: 0 };

const kinds = (machine: Machine) => whatIsEnforced(two, machine).map(({ kind }) => kind);
const sentences = (machine: Machine) => whatIsEnforced(two, machine).map(({ sentence }) => sentence);

test("how firmly a size is kept depends on the machine, and is said", () => {
  expect(kinds(laptop)).toEqual(["guard", "guard", "advice"]);
  expect(kinds(delegated)).toEqual(["wall", "wall", "advice"]);
  expect(kinds(mac)).toEqual(["advice", "advice", "advice"]);
  expect(sentences(laptop)[1]).toContain("3 GiB of memory");
  expect(sentences(laptop)[0]).toContain("2 cores");
});

test("a session that booked all cores is not told that it shares them", () => {
  const [cores] = whatIsEnforced({ ...two, cores: 4 }, laptop);
  expect(cores?.sentence).toBe("The session may use all 4 cores of this machine.");
});

test("memory is limited in the KiB that the shell counts in", () => {
  expect(limitsFor(two, laptop, []).shell).toContain("ulimit -d 3145728");
  expect(limitsFor(two, mac, []).shell).toEqual([]);
});

test("a group of the system replaces the limits of single processes", () => {
  const { shell, wrapper } = limitsFor(two, delegated, []);
  expect(shell.join()).not.toContain("ulimit");
  expect(wrapper).toEqual([]);
});

test("sessions are spread over the cores that the fewest others use", () => {
  expect(leastUsed([0, 1, 2, 3], [], 2)).toEqual([0, 1]);
  expect(leastUsed([0, 1, 2, 3], [[0, 1]], 2)).toEqual([2, 3]);
  expect(leastUsed([0, 1, 2], [[0], [1], [1, 2]], 2)).toEqual([0, 2]);
});

test("a session as large as the machine is not bound", () => {
  expect(limitsFor({ ...two, cores: 4 }, laptop, []).wrapper).toEqual([]);
  expect(limitsFor(two, laptop, [[0], [1]]).wrapper).toEqual(["taskset", "-c", "2,3"]);
});

test("GPUs are hidden only from sessions that booked none", () => {
  expect(limitsFor(two, laptop, []).environment.CUDA_VISIBLE_DEVICES).toBe("");
  expect(limitsFor({ ...two, gpus: 1 }, laptop, []).environment).not.toHaveProperty("CUDA_VISIBLE_DEVICES");
});
