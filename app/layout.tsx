import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Awake } from "#components/ui/awake.tsx";
import { readPreferences } from "#components/ui/read-preferences.ts";
import { ZoneProvider } from "#components/ui/zone-provider.tsx";
import "./globals.css";
import { Providers } from "./providers.tsx";

export const metadata: Metadata = {
  title: { default: "Meridian", template: "%s · Meridian" },
  description: "Book an hour, get a notebook.",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { theme, home, inUtc } = await readPreferences();
  return (
    <html lang="en" data-theme={theme ?? undefined}>
      <body>
        <a className="skip" href="#main">
          Skip to the page
        </a>
        <Providers>
          <ZoneProvider home={home} inUtc={inUtc}>
            <Awake>{children}</Awake>
          </ZoneProvider>
        </Providers>
      </body>
    </html>
  );
}
