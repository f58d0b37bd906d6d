"use client";

import { signOut } from "next-auth/react";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import type { PersonView } from "#lib/api/view.ts";
import { Icon } from "./icon.tsx";

/** Who is signed in, and the way out. */
export function AccountMenu({ person }: { person: Pick<PersonView, "name" | "displayName"> }) {
  return (
    <MenuTrigger>
      <Button className="btn bare icon" aria-label={`${person.displayName}, account`}>
        <Icon name="person" />
      </Button>
      <Popover className="menu" placement="bottom end">
        <Menu onAction={() => signOut({ callbackUrl: "/signin" })}>
          <MenuSection>
            <Header>
              <b>{person.displayName}</b>
              <span>signed in as {person.name}</span>
            </Header>
            <MenuItem id="out">Sign out</MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
