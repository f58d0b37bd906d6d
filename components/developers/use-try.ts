"use client";

import { useRef, useState } from "react";

/** What came back, as far as it came. */
export interface Tried {
  readonly status: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}
export interface Trying {
  readonly state: "idle" | "sending" | "streaming";
  readonly tried: Tried | null;
  readonly trouble: string | null;
  send(address: string, asked: RequestInit): Promise<void>;
  stop(): void;
}

/** Sends one request at a time, and shows a body while it comes: a stream of events need not end. */
export function useTry(): Trying {
  const [state, setState] = useState<Trying["state"]>("idle");
  const [tried, setTried] = useState<Tried | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const line = useRef<AbortController | null>(null);

  async function send(address: string, asked: RequestInit) {
    line.current?.abort();
    const here = new AbortController();
    line.current = here;
    setState("sending");
    setTried(null);
    setTrouble(null);
    try {
      const response = await fetch(address, { ...asked, signal: here.signal, cache: "no-store" });
      const status = `${response.status} ${response.statusText}`.trim() + (response.redirected ? ", after 303" : "");
      const answer: Tried = { status, headers: [...response.headers], body: "" };
      setTried(answer);
      setState("streaming");
      let body = "";
      for await (const text of textsOf(response)) {
        body += text;
        setTried({ ...answer, body });
      }
    } catch (error) {
      if (!here.signal.aborted) setTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      if (line.current === here) setState("idle");
    }
  }
  return { state, tried, trouble, send, stop: () => line.current?.abort() };
}

async function* textsOf({ body }: Response): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) yield read.value;
}
