import { API_PATH } from "#lib/api/base-url.ts";
import { type BrokerClient, brokerClient } from "#lib/client/broker/broker-client.ts";
import { BrokerProblem } from "#lib/client/broker/broker-problem.ts";
import { BrokerUnreachable } from "#lib/client/broker/broker-unreachable.ts";
import { addressOf, readSettings } from "../settings.ts";
import { Trouble } from "../trouble.ts";
import { onOneLine } from "./on-one-line.ts";

/** What every command that speaks to a Meridian says of where it is and of how it ends. */
export const remoteHelp = `MERIDIAN_URL is the address of the Meridian (left out: the one on this machine), MERIDIAN_TOKEN an access token.
Exits 0 when all is well, 1 when the broker said no, 2 when asked wrongly, 3 when it cannot be reached or is out of order,
4 when you are not signed in.`;

const NOT_SIGNED_IN = 4;
const OUT_OF_ORDER = 3;
/** The request itself cannot be used. */
const askedWrongly: readonly number[] = [400, 405, 406, 413, 415, 422];

/**
 * Does something with the broker of MERIDIAN_URL and MERIDIAN_TOKEN, and turns its troubles into a sentence and an exit code.
 * Throws Trouble where MERIDIAN_URL is no address.
 */
export async function remotely(work: (broker: BrokerClient) => Promise<number>): Promise<number> {
  const { MERIDIAN_URL, MERIDIAN_TOKEN } = process.env;
  const url = apiOf(MERIDIAN_URL || addressOf(readSettings()));
  if (!MERIDIAN_TOKEN) {
    console.error("MERIDIAN_TOKEN is not set. Make an access token on your profile page and put it there.");
    return NOT_SIGNED_IN;
  }
  const token = MERIDIAN_TOKEN.trim();
  if (!/^[\x21-\x7e]+$/.test(token)) {
    console.error("MERIDIAN_TOKEN is no access token: it has characters in it that none has.");
    return NOT_SIGNED_IN;
  }
  try {
    return await work(brokerClient({ url, token }));
  } catch (error) {
    if (error instanceof BrokerUnreachable) {
      console.error(error.message);
      return OUT_OF_ORDER;
    }
    if (!(error instanceof BrokerProblem)) throw error;
    for (const line of linesOf(error)) console.error(onOneLine(line));
    return exitCodeOf(error.status);
  }
}

/** The API of a Meridian, given its address or that of the API itself. */
function apiOf(address: string): string {
  if (!URL.canParse(address) || !/^https?:/.test(address))
    throw new Trouble(`MERIDIAN_URL=${address} is no address. It is something like https://meridian.example.org`);
  if (new URL(address).search || new URL(address).hash)
    throw new Trouble(
      `MERIDIAN_URL=${address} has more than an address. It is something like https://meridian.example.org`,
    );
  const bare = address.replace(/\/+$/, "");
  return bare.endsWith(API_PATH) ? bare : `${bare}${API_PATH}`;
}

function exitCodeOf(status: number): number {
  if (status === 401) return NOT_SIGNED_IN;
  if (status >= 500) return OUT_OF_ORDER;
  return askedWrongly.includes(status) ? 2 : 1;
}

function linesOf({ status, detail, path, allowed, messages, retryAfterSeconds }: BrokerProblem): string[] {
  return [
    status === 401 ? `You are not signed in: ${detail}` : detail,
    ...(path ? [`  at ${path}`] : []),
    ...(allowed.length > 0 ? [`  possible now: ${allowed.join(", ")}`] : []),
    ...(retryAfterSeconds ? [`  try again in ${retryAfterSeconds} s`] : []),
    ...messages.flatMap(({ message }) => (message && message !== detail ? [`  ${message}`] : [])),
  ];
}
