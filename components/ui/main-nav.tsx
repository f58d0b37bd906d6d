"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Icon } from "./icon.tsx";

const rooms = [
  { href: "/calendar", word: "Calendar", icon: "calendar" },
  { href: "/sessions", word: "Sessions", icon: "sessions" },
] as const;
const adminRoom = { href: "/admin", word: "Admin", icon: "gauge" } as const;

/** The main links; on a phone they lie at the thumb. */
export function MainNav({ isAdministrator }: { isAdministrator: boolean }) {
  const here = usePathname();
  return (
    <nav className="nav" aria-label="Main">
      {[...rooms, ...(isAdministrator ? [adminRoom] : [])].map(({ href, word, icon }) => (
        <Link key={href} href={href} aria-current={here.startsWith(href) ? "page" : undefined}>
          <Icon name={icon} />
          {word}
        </Link>
      ))}
    </nav>
  );
}
