"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { choosePlatform } from "#app/actions/booking.ts";
import { Icon } from "./icon.tsx";

interface PlatformSwitchProps {
  readonly platforms: readonly { readonly name: string; readonly title: string }[];
  readonly chosen: string;
  /** What the button shows. */
  readonly children: ReactNode;
}

/** Chooses the platform that this browser books on. */
export function PlatformSwitch({ platforms, chosen, children }: PlatformSwitchProps) {
  const client = useQueryClient();
  const choosing = useMutation({
    mutationFn: (name: string) => choosePlatform(name),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <MenuTrigger>
      <Button className="btn bare platform" isDisabled={choosing.isPending}>
        {children}
        <Icon name="down" className="more" />
      </Button>
      <Popover className="menu" placement="bottom end">
        <Menu
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[chosen]}
          onAction={(name) => choosing.mutate(String(name))}
        >
          <MenuSection>
            <Header>
              <b>Where I book</b>
              <span>the calendar shows this platform</span>
            </Header>
            {[...platforms]
              .sort((a, b) => a.title.localeCompare(b.title, "en"))
              .map(({ name, title }) => (
                <MenuItem key={name} id={name} textValue={title}>
                  {title}
                  {name === chosen && <Icon name="check" className="chosen" />}
                </MenuItem>
              ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
