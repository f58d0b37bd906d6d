"use client";

import { Icon } from "./icon.tsx";
import { remember, themeCookie } from "./preferences.ts";

/** From paper to night and back; until it is used, the system decides. */
function turn() {
  const root = document.documentElement;
  const chosen = root.dataset.theme;
  const isDark = chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  remember(themeCookie, root.dataset.theme);
}

export function ThemeToggle({ words = false }: { words?: boolean }) {
  return (
    <button
      className={words ? "btn bare" : "btn bare icon"}
      type="button"
      onClick={turn}
      aria-label={words ? undefined : "Theme: paper or night"}
    >
      <Icon name="moon" />
      {words && "Paper or night"}
    </button>
  );
}
