import { expect, test } from "vitest";
import { maskSecrets } from "#lib/launch/local/session-log.ts";

const token = "70128c0e2b4ad984ba053a1e70f8347216b8ab86238926e2";

test.each([
  `http://127.0.0.1:8888/lab?token=${token}`,
  `http://127.0.0.1:8888/lab?reset&token=short-one`,
  `GET /api/kernels Authorization: token ${token}`,
  `{"Authorization": "Bearer abc.def"}`,
  `the token is ${token}, keep it`,
])("no secret is shown of: %s", (line) => {
  const masked = maskSecrets(line);
  expect(masked).toContain("…");
  expect(masked).not.toMatch(/70128c0e|short-one|abc\.def/);
});

test("what is no secret stays as it was", () => {
  const line = "[I 22:05:43.029 ServerApp] jupyter_lsp | extension was successfully loaded.";
  expect(maskSecrets(line)).toBe(line);
});
