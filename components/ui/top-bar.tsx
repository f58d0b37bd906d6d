import Link from "next/link";
import type { PersonView } from "#lib/api/view.ts";
import { AccountMenu } from "./account-menu.tsx";
import { MainNav } from "./main-nav.tsx";
import { Mark } from "./mark.tsx";
import { PlatformPlate } from "./platform-plate.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";
import { TwoClocks } from "./two-clocks.tsx";
import { ZoneSwitch } from "./zone-switch.tsx";

/** What stands above every page of the broker. */
export function TopBar({ person, now }: { person: PersonView; now: number }) {
  return (
    <header className="bar">
      <div>
        <Link className="brand" href="/calendar">
          <Mark />
          Meridian
        </Link>
        <MainNav isAdministrator={person.role === "administrator"} />
        <div className="end">
          <TwoClocks onServer={now} />
          <ZoneSwitch />
          <PlatformPlate />
          <ThemeToggle />
          <AccountMenu person={{ name: person.name, displayName: person.displayName }} />
        </div>
      </div>
    </header>
  );
}
