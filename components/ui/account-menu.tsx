"use client";

import { useRouter } from "next/navigation";
import { signOut } from "next-auth/react";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import type { PersonView } from "#lib/api/view.ts";
import { Icon } from "./icon.tsx";

/** Who is signed in, what is theirs, and the way out. An item is the address that it leads to. */
export function AccountMenu({ person }: { person: Pick<PersonView, "name" | "displayName"> }) {
  const router = useRouter();
  return (
    <MenuTrigger>
      <Button className="btn bare icon" aria-label={`${person.displayName}, account`}>
        <Icon name="person" />
      </Button>
      <Popover className="menu" placement="bottom end">
        <Menu onAction={(key) => (key === "out" ? signOut({ callbackUrl: "/signin" }) : router.push(`/${key}`))}>
          <MenuSection>
            <Header>
              <b>{person.displayName}</b>
              <span>signed in as {person.name}</span>
            </Header>
            <MenuItem id="profile">Profile and access tokens</MenuItem>
            <MenuItem id="credentials">What Meridian holds</MenuItem>
            <MenuItem id="developers">For programs</MenuItem>
            <MenuItem id="out">Sign out</MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
