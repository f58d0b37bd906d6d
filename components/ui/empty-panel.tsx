import { type ReactNode, useId } from "react";
import { Icon, type IconName } from "./icon.tsx";

interface EmptyPanelProps {
  readonly tone: "mine" | "closed";
  readonly icon: IconName;
  /** `h1` where it is the whole page. */
  readonly heading: "h1" | "h2" | "h3";
  readonly title: string;
  readonly words: string;
  /** The ways on, as links that look like buttons. */
  readonly children?: ReactNode;
}

/** There is nothing to show: why, and where to go from here. */
export function EmptyPanel({ tone, icon, heading: Heading, title, words, children }: EmptyPanelProps) {
  const id = useId();
  return (
    <section className={`panel empty t-${tone}`} aria-labelledby={id}>
      <span className="seal">
        <Icon name={icon} />
      </span>
      <Heading id={id}>{title}</Heading>
      <p className="quiet">{words}</p>
      {children && <div className="row foot">{children}</div>}
    </section>
  );
}
