import path from "node:path";
import { type Child, startChild } from "./child.ts";
import { environmentFrom, programFor } from "./headless-command.ts";
import { freePort, type Jupyter, startJupyter } from "./jupyter.ts";
import { keyOf, runsNow, type Session, statusOf } from "./session.ts";
import type { Program, World } from "./world.ts";

export interface Programs {
  /** Starts and ends programs as the sessions' phases want it now, and forgets sessions that are over. */
  readonly follow: () => void;
  /** Ends all of them; nothing is started after that until the next `follow`. */
  readonly endAll: () => Promise<void>;
}

/** The programs of the sessions. `folder` is a temporary one: the users' storage and what Jupyter writes. */
export function createPrograms(world: World, jupyter: Jupyter | null, folder: string): Programs {
  const ending = new Set<Promise<void>>();

  const end = (key: string, program: Program) => {
    world.programs.delete(key);
    if (world.sessions.has(key)) world.logs.set(key, program.log());
    const over = program.end().finally(() => ending.delete(over));
    ending.add(over);
  };

  const start = (session: Session) => {
    const key = keyOf(session);
    const ended = (code: number | null) => {
      world.logs.set(key, world.programs.get(key)?.log() ?? "");
      world.programs.delete(key);
      session.ended = { at: world.clock.now(), status: code === 0 ? "Completed" : "Failed" };
      world.changed();
    };
    const program = session.type === "headless" ? headless(session, folder, ended) : notebook(session, ended);
    if (program) world.programs.set(key, program);
  };

  const notebook = (session: Session, ended: (code: number | null) => void): Program | null => {
    if (!jupyter) return null;
    const root = path.join(folder, "storage");
    const plan = {
      id: session.id,
      root,
      home: path.join(root, world.platform.home, session.user),
      folder: path.join(folder, "servers", session.id),
      ended,
    };
    return startLater(
      (port) => startJupyter(jupyter, { ...plan, port }),
      () => ended(null),
    );
  };

  return {
    follow: () => {
      const now = world.clock.now();
      for (const [key, session] of world.sessions) {
        const program = world.programs.get(key);
        const wanted = runsNow(session, now);
        if (program && !wanted) end(key, program);
        if (!program && wanted) start(session);
        if (statusOf(session, now) !== null) continue;
        world.sessions.delete(key);
        world.logs.delete(key);
      }
      for (const [key, program] of world.programs) if (!world.sessions.has(key)) end(key, program);
    },
    endAll: async () => {
      for (const [key, program] of world.programs) end(key, program);
      await Promise.all(ending);
    },
  };
}

function headless(session: Session, folder: string, ended: (code: number | null) => void): Program | null {
  const file = programFor(session.command);
  if (file === null) return null;
  const { args, env } = session.command;
  const child = startChild({ file, args, cwd: folder, env: environmentFrom(env), ended });
  return { port: () => null, pid: () => child.pid, log: child.log, end: child.end };
}

/** A server whose port is looked for first: until then it has no port, and ending it waits for that. */
function startLater(begin: (port: number) => Child, failed: () => void): Program {
  let started: { readonly port: number; readonly child: Child } | null = null;
  let trouble = "";
  let isOver = false;
  const starting = freePort()
    .then((port) => {
      if (!isOver) started = { port, child: begin(port) };
    })
    .catch((error) => {
      trouble = `${error}\n`;
      failed();
    });
  return {
    port: () => started?.port ?? null,
    pid: () => started?.child.pid ?? null,
    log: () => started?.child.log() ?? trouble,
    end: async () => {
      isOver = true;
      await starting;
      await started?.child.end();
    },
  };
}
