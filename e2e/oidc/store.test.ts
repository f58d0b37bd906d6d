import { expect, test } from "vitest";
import { createStore } from "./store.ts";

test.each([
  ["revokes-all", undefined],
  ["is-refused", { accountId: "alice" }],
] as const)(
  "who looks at a refresh token before another uses it cannot use it as well (a used token %s)",
  async (reuse, grant) => {
    const store = createStore(() => reuse);
    const [tokens, grants] = [store.adapter("RefreshToken"), store.adapter("Grant")];
    await grants.upsert("the-grant", { accountId: "alice" }, 60);
    await tokens.upsert("the-token", { grantId: "the-grant" }, 60);
    for (const seen of [await tokens.find("the-token"), await tokens.find("the-token")])
      expect(seen).toEqual({ grantId: "the-grant" });
    await tokens.consume("the-token");
    await expect(tokens.consume("the-token")).rejects.toThrow("invalid_grant");
    expect(await grants.find("the-grant")).toEqual(grant);
  },
);
