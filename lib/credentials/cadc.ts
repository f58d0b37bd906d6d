import { z } from "zod";
import type { Millis } from "#lib/booking/slot.ts";
import { errorCode, isTimeOut } from "#lib/error-code.ts";
import { withinTime } from "#lib/time-limit.ts";
import { CadcError } from "./cadc-error.ts";
import { type PemPair, pemPair } from "./pem-pair.ts";

/** Where CADC's accounts are. */
export interface CadcSetting {
  /** As `https://ws-cadc.canfar.net/ac/login`. */
  readonly login: URL;
  /** As `https://ws-cadc.canfar.net/ac/whoami`. */
  readonly whoami: URL;
  /** As `https://ws.cadc-ccda.hia-iha.nrc-cnrc.gc.ca/cred/generate`; null where no certificates are made. */
  readonly generate: URL | null;
  /** How long one answer may take, in milliseconds. */
  readonly timeoutMs?: number;
}

export type CadcSignIn =
  | { readonly ok: true; readonly username: string; readonly token: string; readonly expiresAt: Millis }
  | { readonly ok: false; readonly why: "wrong password" };

/** A login token is good for 48 hours, and does not say so itself: it is no JWT. */
const TOKEN_LIFE_MS = 48 * 3_600_000;

/** Plain text, in one line and without spaces: what a page or half an answer of a proxy is not. */
const oneWord = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\s<>]+$/);
const tokenText = oneWord(8_192).regex(/^[\x21-\x7e]+$/);
const usernameText = oneWord(128);

/**
 * Signs somebody in with their name and password, which are sent to CADC and kept nowhere, and asks who they are there.
 * `expiresAt` is counted from `now`, which is before CADC made the token. A wrong password is an answer; throws
 * {@link CadcError} for trouble, and the signal's reason when it aborts.
 */
export async function signInToCadc(
  setting: CadcSetting,
  { username, password }: { readonly username: string; readonly password: string },
  signal: AbortSignal,
  now: Millis = Date.now(),
): Promise<CadcSignIn> {
  const login = { what: "CADC's sign-in", url: setting.login, form: new URLSearchParams({ username, password }) };
  const said = await ask(setting, login, signal);
  if (said.status === 401) return { ok: false, why: "wrong password" };
  const token = read(tokenText, said, login.what);
  const whoami = { what: "CADC's whoami", url: setting.whoami, token };
  const who = await ask(setting, whoami, signal);
  if (who.status === 401) throw new CadcError("unwell", `${login.what} is out of order: its token is not accepted.`);
  const name = read(usernameText, who, whoami.what);
  return { ok: true, username: name, token, expiresAt: now + TOKEN_LIFE_MS };
}

/** Whether CADC still knows a login token. Throws {@link CadcError} when that cannot be asked. */
export async function isLoginGood(whoami: URL, token: string, signal: AbortSignal): Promise<boolean> {
  const question = { what: "CADC's whoami", url: whoami, token };
  const said = await ask({ login: whoami, whoami, generate: null }, question, signal);
  if (said.status === 401) return false;
  read(usernameText, said, question.what);
  return true;
}

/**
 * Has a certificate made for whoever the login token belongs to. It lasts `days` days in whole hours, or as long as CADC allows:
 * `expiresAt` is read from the certificate. Throws {@link CadcError} for trouble, "sign-in needed" when the token is no longer
 * good, "refused" where no certificates are made; and the signal's reason when it aborts.
 */
export async function mintCertificate(
  setting: CadcSetting,
  token: string,
  days: number,
  signal: AbortSignal,
): Promise<PemPair> {
  const what = "CADC's making of certificates";
  if (setting.generate === null) throw new CadcError("refused", "CADC makes no certificates here.");
  const url = new URL(setting.generate);
  url.searchParams.set("daysValid", String(days));
  return read(pemPair, await ask(setting, { what, url, token }, signal), what);
}

interface Question {
  readonly what: string;
  readonly url: URL;
  readonly form?: URLSearchParams;
  readonly token?: string;
}

interface Said {
  readonly status: number;
  readonly text: string;
}

/** A redirect is not followed: what is sent is for CADC alone. */
async function ask(setting: CadcSetting, { what, url, form, token }: Question, signal: AbortSignal): Promise<Said> {
  const { timeoutMs = 30_000 } = setting;
  return await withinTime(signal, timeoutMs, async (limit) => {
    const response = await fetch(url, {
      method: form ? "POST" : "GET",
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      body: form ?? null,
      redirect: "manual",
      signal: limit,
    });
    return { status: response.status, text: await response.text() };
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new CadcError("unwell", `${what} ${whyNot(error)}.`);
  });
}

/** In words, and with the code of what failed; nothing of what was sent, which the error may quote. */
function whyNot(error: unknown): string {
  if (isTimeOut(error)) return "did not answer in time";
  return `cannot be reached (${errorCode(error) ?? "no answer"})`;
}

/** What was said, if it is what was asked for. */
function read<T extends z.ZodType>(schema: T, { status, text }: Said, what: string): z.output<T> {
  if (status === 401) {
    throw new CadcError("sign-in needed", "CADC does not accept your sign-in any more: sign in again.");
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
    throw new CadcError("refused", `${what} was refused (HTTP ${status}).`);
  }
  if (status !== 200) throw new CadcError("unwell", `${what} is out of order (HTTP ${status}).`);
  const parsed = schema.safeParse(text);
  if (!parsed.success) throw new CadcError("unwell", `${what} is out of order: its answer cannot be read.`);
  return parsed.data;
}
