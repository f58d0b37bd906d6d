import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { type Oidc, startOidc } from "./oidc/start-oidc.ts";
import { type Skaha, startSkaha } from "./skaha/start-skaha.ts";
import { test as base } from "./test.ts";

/** A simulated CANFAR with real Jupyters, its OpenID provider, and the configuration that names both. */
export interface Canfar {
  readonly skaha: Skaha;
  readonly oidc: Oidc;
  readonly settings: Readonly<Record<string, string>>;
}

const size = { cores: 8, memoryGiB: 32, gpus: 1 };

async function startCanfar(folder: string): Promise<Canfar> {
  const oidc = await startOidc({
    redirectUris: ["http://127.0.0.1/api/auth/callback/ska-iam"],
    accessSeconds: 60,
    trailingSlash: true,
  });
  const skaha = await startSkaha({ issuer: oidc.issuer, jupyter: process.env.MERIDIAN_JUPYTER });
  const file = path.join(folder, "meridian.json");
  writeFileSync(
    file,
    JSON.stringify({
      providers: [
        {
          kind: "oidc",
          name: "ska-iam",
          title: "SKA IAM",
          issuer: oidc.issuer,
          clientId: "meridian",
          clientSecret: { variable: "SKA_IAM_SECRET" },
        },
      ],
      platforms: [
        {
          kind: "canfar",
          name: "canfar",
          title: "CANFAR",
          provider: "ska-iam",
          registry: `${skaha.url}/reg`,
          resourceId: "ivo://cadc.nrc.ca/skaha",
          size,
          newcomers: { project: "skao", title: "SKAO", ...size, openBookings: 5 },
          // A whole slot, from booking to release, fits into a test.
          slotMinutes: 1,
          windowHours: 1,
          // A slot of a minute has no time before it.
          leadSeconds: 0,
        },
      ],
    }),
  );
  return { skaha, oidc, settings: { MERIDIAN_CONFIG: file, SKA_IAM_SECRET: "meridian-secret" } };
}

/** Journeys on a simulated CANFAR, with a Meridian that knows it. */
export const test = base.extend<{ canfar: Canfar }>({
  canfar: async ({ browserName: _ }, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), "meridian-canfar-"));
    const canfar = await startCanfar(folder);
    try {
      await use(canfar);
    } finally {
      await Promise.all([canfar.skaha.stop(), canfar.oidc.stop()]);
      rmSync(folder, { recursive: true, force: true });
    }
  },
  settings: async ({ canfar }, use) => use({ ...canfar.settings }),
});

/** Signs in at the provider's own page and comes back; ends where Meridian leads. */
export async function signInAtProvider(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /with SKA IAM/ }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Chooses one of the images that CANFAR has for this type, as soon as it has said which. */
export async function chooseImage(page: Page, name: string): Promise<void> {
  await page.getByRole("combobox", { name: "Image, project/image:tag" }).fill(name);
  await page.getByRole("option", { name, exact: true }).click();
}

/** A browser with nothing in it, as somebody's own. */
export const newBrowser = (browser: Browser, baseURL: string): Promise<BrowserContext> =>
  browser.newContext({ baseURL, timezoneId: "America/Toronto" });
