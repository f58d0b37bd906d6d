import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { poll } from "./trial.ts";

const root = path.resolve(import.meta.dirname, "../..");
const program = ["--import", "tsx", "bin/simulator.ts"];

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // there is no such process
  }
};

test.each(["SIGINT", "SIGTERM"] as const)(
  "the command says where it is, and after %s nothing is left",
  async (signal) => {
    const child = spawn(process.execPath, [...program, "--json"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const [line] = await once(createInterface(child.stdout), "line");
    const { url, tlsUrl, token, ca } = JSON.parse(line);
    expect([tlsUrl, ca]).toEqual([expect.stringMatching(/^https:/), expect.stringMatching(/^-----BEGIN CERT/)]);
    const body = new URLSearchParams({
      image: "images.canfar.net/skaha/base-notebook:latest",
      name: "nap",
      cmd: "sleep",
      args: "100000",
    });
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${url}/skaha/v1/session`, { method: "POST", body, headers })).status).toBe(200);
    let pid = 0;
    await poll("it sleeps", async () => {
      const [session] = await (await fetch(`${url}/admin/sessions`)).json();
      pid = session.pid ?? 0;
      return pid > 0;
    });
    expect(isAlive(pid)).toBe(true);
    const ended = once(child, "exit");
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    expect(isAlive(pid)).toBe(false);
  },
);

test("a wrong port is refused in a sentence", async () => {
  const child = spawn(process.execPath, [...program, "--port", "x"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said: string[] = [];
  child.stdout.on("data", (part) => said.push(String(part)));
  const [code] = await once(child, "close");
  expect([code, said.join("")]).toEqual([1, expect.stringMatching(/^x is no port\./)]);
});
