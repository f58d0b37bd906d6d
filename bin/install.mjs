/**
 * Installs what package.json asks for when it is not there yet, and makes the database client from prisma/schema.prisma.
 * Runs before every command, so it is plain Node, needs nothing installed, and is quick when there is nothing to do.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const root = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
const at = (/** @type {string[]} */ ...names) => path.join(root, ...names);
const read = (/** @type {string} */ file) => (existsSync(file) ? readFileSync(file, "utf8") : "");
const hash = (/** @type {string[]} */ ...texts) => createHash("sha256").update(texts.join("\0")).digest("hex");

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Meridian needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

const { dependencies, devDependencies } = JSON.parse(read(at("package.json")));
const lock = read(at("package-lock.json"));
const wanted = hash(lock, JSON.stringify([dependencies, devDependencies]));
const installed = at("node_modules", ".meridian-installed");
const client = hash(wanted, read(at("prisma", "schema.prisma")));
const generated = at("node_modules", ".meridian-generated");
const isInstalled = () => read(installed) === wanted;
const isGenerated = () => read(generated) === client && existsSync(at("lib", "db", "generated", "client.ts"));

if (!isInstalled() || !isGenerated()) {
  const release = takeTurn();
  try {
    if (!isInstalled()) await install();
    if (!isGenerated()) await generate();
  } finally {
    release();
  }
}

async function install() {
  if (!isAsLocked()) {
    const quiet = ["--loglevel=error", "--no-audit", "--no-fund", "--include=dev", "--include=optional"];
    await run("Installing dependencies (a minute or so the first time)", [...npm(), "ci", ...quiet]);
  }
  writeFileSync(installed, wanted);
}

/** npm's own record of what it put into node_modules, so that an `npm install` by hand is not repeated. */
function isAsLocked() {
  const record = read(at("node_modules", ".package-lock.json"));
  if (!record) return false;
  const there = JSON.parse(record).packages;
  return Object.entries(JSON.parse(lock).packages).every(([name, { version, integrity, optional }]) => {
    if (name === "" || (optional && !there[name])) return true; // packages of other systems are left out
    return there[name]?.version === version && there[name]?.integrity === integrity;
  });
}

async function generate() {
  // Prisma would download a schema engine, which its client no longer needs; it is content with any program.
  const env = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: "1",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
  };
  const prisma = at("node_modules", "prisma", "build", "index.js");
  await run("Making the database client", [process.execPath, prisma, "generate"], env);
  writeFileSync(generated, client);
}

/** @returns {string[]} */
function npm() {
  const script = process.env.npm_execpath;
  return script?.endsWith("npm-cli.js") ? [process.execPath, script] : ["npm"];
}

/**
 * @param {string} title
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} [env]
 */
async function run(title, command, env = {}) {
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(0)} s`;
  console.error(`${title} …`);
  const timer = setInterval(() => console.error(`${title} … ${seconds()}`), 10_000);
  const [file = "", ...args] = command;
  const options = {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: /** @type {const} */ (["ignore", "pipe", "pipe"]),
  };
  const child = spawn(file, args, options);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const code = await new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message)).once("close", resolve);
  });
  clearInterval(timer);
  if (code !== 0) fail(`${title}: did not succeed (${code ?? "stopped"}).\n${output.trimEnd()}`);
  console.error(`${title}: done (${seconds()})`);
}

/** Two commands started at once in a fresh clone must not install over each other. */
function takeTurn() {
  const file = path.join(os.tmpdir(), `meridian-install-${hash(root).slice(0, 12)}-${os.userInfo().uid}`);
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  for (let said = false; ; said = true) {
    try {
      linkSync(mine, file);
      rmSync(mine);
      return () => rmSync(file, { force: true });
    } catch {
      const holder = Number(read(file));
      if (!holder || !isAlive(holder)) rmSync(file, { force: true });
      else if (!said) console.error(`Waiting for process ${holder}, which is installing already …`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(read(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
