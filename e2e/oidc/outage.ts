import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * `hang`: no answer. `reset`: the connection breaks and nothing is done. `reset-after`: it is done, and then breaks, so that
 * a refresh token is used up and its successor never arrives.
 */
export const outageKinds = ["500", "503", "hang", "reset", "reset-after"] as const;
export type OutageKind = (typeof outageKinds)[number];

export interface Outage {
  readonly kind: OutageKind;
  /** As in the address, without the slash at the front: `token`, `userinfo`. Null: everything. */
  readonly path: string | null;
  /** Null: until it is called off. */
  left: number | null;
}

export interface GivenOutage {
  readonly kind: OutageKind;
  readonly path?: string;
  readonly times?: number;
}

/** What is out of order for this request; uses it up. */
export function takeOutage(state: { outage: Outage | null }, pathname: string): OutageKind | null {
  const { outage } = state;
  if (!outage || (outage.path !== null && `/${outage.path}` !== pathname)) return null;
  if (outage.left !== null) outage.left -= 1;
  if (outage.left === 0) state.outage = null;
  return outage.kind;
}

/** Answers as one who is out of order; false when the request is to be done all the same. */
export function breakDown(kind: OutageKind, request: IncomingMessage, response: ServerResponse): boolean {
  switch (kind) {
    case "hang":
      return true;
    case "reset":
      request.socket.resetAndDestroy();
      return true;
    case "reset-after":
      response.end = () => {
        request.socket.resetAndDestroy();
        return response;
      };
      return false;
    case "500":
    case "503":
      response.writeHead(Number(kind), { "content-type": "text/plain" }).end("out of order\n");
      return true;
  }
}
