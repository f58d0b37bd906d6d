import type { ExecutableType } from "#lib/booking/executable.ts";
import type { kinds } from "../standard/kinds.ts";
import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { shown } from "../standard/shown.ts";

type Container = Extract<NonNullable<StandardRequest["executable"]>, { kind: typeof kinds.executable.dockerContainer }>;

/** What of a container a platform like CANFAR cannot do: it runs unprivileged amd64 images behind one web address. */
export function containerMessages(
  asked: Container,
  { title }: { readonly title: string },
  type: ExecutableType,
): Message[] {
  const messages: Message[] = [];
  const say = (level: "ERROR" | "WARN", path: string, template: string, values: Record<string, string> = {}) =>
    messages.push({ kind: "urn:not-supported", level, template, values: { ...values, path, platform: title } });
  const refuse = (path: string, template: string, values: Record<string, string> = {}) =>
    say("ERROR", path, template, values);

  if (asked.privileged) refuse("/executable/privileged", "{platform} runs nothing privileged ({path}).");
  if (asked.image?.digest) {
    const template =
      "{platform} cannot promise an image by its digest ({path}); name a tag that does not move instead.";
    refuse("/executable/image/digest", template);
  }
  const { architecture = "amd64", os = "linux" } = asked.image?.platform ?? {};
  if (!["amd64", "x86_64"].includes(architecture) || os !== "linux") {
    const template = "{platform} runs images for linux/amd64, not {os}/{architecture} ({path}).";
    refuse("/executable/image/platform", template, { os: shown(os), architecture: shown(architecture) });
  }
  for (const [index, argument] of (asked.command ?? []).entries()) {
    if (!/\s/.test(argument) && argument !== "") continue;
    const template = "{platform} splits arguments at spaces, so “{argument}” ({path}) would not arrive as it is.";
    refuse(`/executable/command/${index}`, template, { argument: shown(argument) });
  }
  const ports = asked.network?.ports ?? [];
  for (const [index, { access = false, protocol = "TCP" }] of ports.entries()) {
    const path = `/executable/network/ports/${index}`;
    const isWeb = ["HTTP", "HTTPS"].includes(protocol.toUpperCase());
    if (access && type === "headless") {
      const template = "On {platform} what runs a command or has variables has no page to give access to ({path}).";
      refuse(path, template);
    } else if (access && !isWeb)
      refuse(path, "{platform} gives access to web pages only, not over {protocol} ({path}).", {
        protocol: shown(protocol),
      });
    else if (type === "headless")
      say("WARN", path, "{platform} publishes no port of such a session; {path} changes nothing.");
    else say("WARN", path, "{platform} publishes the session's own page and no other port; {path} changes nothing.");
  }
  if (ports.filter(({ access }) => access).length > 1) {
    refuse("/executable/network/ports", "{platform} gives access to one page of a session, not to several ({path}).");
  }
  return messages;
}
