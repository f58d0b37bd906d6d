/**
 * A message to whoever asked, before it has a time: as the standard's MessageItem (https://messagetemplates.org). `template`
 * has a `{name}` for each of `values`; `values.path` names the place in what was asked, as a JSON pointer ("/compute/cores/min").
 */
export interface Message {
  readonly kind: MessageKind;
  readonly level: "DEBUG" | "INFO" | "WARN" | "ERROR";
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The closed list of what messages are about. Those above the line “Ours” are in use among brokers. */
export type MessageKind =
  | "urn:executable-required"
  | "urn:input-syntax-fail"
  | "urn:resource-limit"
  | "urn:invalid-value"
  | "urn:bad-value"
  | "urn:missing-value"
  | "urn:missing-required-value"
  | "urn:not-supported"
  | "urn:storage-required"
  | "urn:resource-not-found"
  | "urn:duplicate-resource"
  | "urn:image-digest-mismatch"
  // Ours:
  | "urn:unknown-kind"
  | "urn:unknown-field"
  | "urn:deprecated-input"
  | "urn:default-used"
  | "urn:no-capacity"
  | "urn:quota-reached"
  | "urn:outside-window"
  | "urn:not-allowed"
  | "urn:constraint-not-met"
  | "urn:way-forward"
  | "urn:session-history";

/** The message with every placeholder filled in. A placeholder without a value stays as it is, so that it is seen. */
export const inWords = ({ template, values }: Message): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** Whether what was asked can be answered with YES in spite of these. */
export const isAcceptable = (messages: readonly Message[]): boolean => messages.every(({ level }) => level !== "ERROR");
