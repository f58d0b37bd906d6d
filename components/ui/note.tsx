import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** A note in the page: trouble, a warning, or something to know. Never a toast: what matters stays until it is over. */
export function Note(props: { tone: "warning" | "failed" | "held" | "closed"; icon: IconName; children: ReactNode }) {
  return (
    <div className={`note t-${props.tone}`}>
      <Icon name={props.icon} />
      <div>{props.children}</div>
    </div>
  );
}
