import { spawn } from "node:child_process";
import { Trouble } from "../trouble.ts";
import type { Command } from "./command.ts";
import { remoteHelp, remotely } from "./remotely.ts";
import { uuidOf } from "./uuid-of.ts";

/** `meridian open UUID` */
export const open: Command = {
  name: "open",
  summary: "prints the link to a running session, or opens it",
  help: `npm run -s meridian -- open UUID [--browser]

Prints the link to what runs in a session. It lets in its owner, who is signed in in that browser, or whoever
sends the owner's token with it.

  --browser  opens it in the browser of this machine

Example: npm run -s meridian -- open 0199f000-0000-7000-8000-000000000001 --browser

${remoteHelp}`,
  options: { browser: { type: "boolean" } },
  takes: "UUID",
  isRemote: true,
  run: ({ browser }, uuid) => {
    const id = uuidOf(uuid);
    const opener = browser ? openerHere() : null;
    return remotely(async (broker) => {
      const { value } = await broker.session(id);
      const link = value.connectors?.find(({ status, location }) => status === "AVAILABLE" && location)?.location;
      if (!link) {
        console.error(`There is nothing to open: the session is ${value.phase ?? "in no phase"}.`);
        return 1;
      }
      if (opener === null) console.log(link);
      else await openWith(opener, link);
      return 0;
    });
  },
};

type Variables = Readonly<Record<string, string | undefined>>;

/** The program that opens a link for whoever sits here. Throws Trouble where nobody can see it. */
export function openerHere(platform: string = process.platform, { DISPLAY, WAYLAND_DISPLAY }: Variables = process.env) {
  if (platform === "darwin") return "open";
  if (DISPLAY || WAYLAND_DISPLAY) return "xdg-open";
  throw new Trouble("There is no screen here. Without --browser the link is printed.");
}

/** Starts the program with the link. Throws Trouble for a link that is none of the web's, and where there is no such program. */
export const openWith = (program: string, link: string): Promise<void> =>
  new Promise((resolve, reject) => {
    // Only the web: such a program would also start others.
    if (!/^https?:\/\//.test(link)) return reject(new Trouble("The link is none of the web's: it is not opened."));
    const child = spawn(program, [link], { stdio: "ignore", detached: true });
    child.once("error", () => reject(new Trouble(`${program} is not here. Without --browser the link is printed.`)));
    child.once("spawn", () => {
      child.unref();
      resolve();
    });
  });
