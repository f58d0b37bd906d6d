/** What becomes of a worked example. */
export interface Example {
  readonly answer: "YES" | "NO";
  /** The platform of its offers, or what one of the reasons of its NO is about. */
  readonly because: string;
  /** For POST /direct. */
  readonly isDirect?: true;
  /** Asked when others have booked everything. */
  readonly isFull?: true;
  /** Not a request of version 1.0, on purpose. */
  readonly isOther?: true;
  /** In the words from before version 1.0, which XML has no schema for. */
  readonly isOlder?: true;
}

const yes = (because: string, more: Partial<Example> = {}): Example => ({ answer: "YES", because, ...more });
const no = (because: string, more: Partial<Example> = {}): Example => ({ answer: "NO", because, ...more });

/** All examples, by the names of their folders. */
export const examples: Readonly<Record<string, Example>> = {
  "01-a-notebook": yes("Observatory"),
  "02-a-booked-hour": yes("Observatory"),
  "03-a-notebook-with-data": yes("Observatory"),
  "04-carta-on-a-cube": yes("CANFAR"),
  "05-a-headless-reduction": yes("CANFAR"),
  "06-gpus": yes("CANFAR"),
  "07-a-night": yes("CANFAR"),
  "08-data-of-an-archive": yes("Observatory"),
  "09-data-of-the-skao": yes("Observatory"),
  "10-data-of-a-bucket": yes("Observatory"),
  "11-data-of-rucio": no("urn:not-supported"),
  "12-shared-storage": yes("Observatory"),
  "13-what-it-may-cost": yes("Observatory"),
  "14-an-unknown-kind": no("urn:unknown-kind", { isOther: true }),
  "15-too-big": no("urn:resource-limit"),
  "16-a-time-that-is-over": no("urn:outside-window"),
  "17-a-name-that-leads-nowhere": no("urn:resource-not-found"),
  "18-a-bound-that-cannot-be-kept": no("urn:constraint-not-met"),
  "19-no-room": no("urn:no-capacity", { isFull: true }),
  "20-an-older-shape": yes("Observatory", { isOlder: true, isOther: true }),
  "21-direct": yes("Observatory", { isDirect: true }),
  "22-direct-and-refused": no("urn:not-supported", { isDirect: true }),
};
