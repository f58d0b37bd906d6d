"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

const TokenContext = createContext<{ readonly token: string; setToken(token: string): void }>({
  token: "",
  setToken: () => undefined,
});

/** The token that requests are tried with. It is in the memory of this page and nowhere else: a reload forgets it. */
export function TokenProvider({ children }: { children: ReactNode }) {
  const [token, setToken] = useState("");
  return <TokenContext value={{ token, setToken }}>{children}</TokenContext>;
}

export const useToken = () => useContext(TokenContext);
