import { isUtf8, type MediaType, mediaType } from "./media-type.ts";

/** One range of an `Accept` header with its quality, 0 to 1. */
export interface Wish extends MediaType {
  readonly quality: number;
}

// A comma inside quotation marks does not end a range. What is never closed goes to the end: to look for that end again from each mark
// would cost the square of its length.
const range = /(?:[^,"]|"(?:[^"\\]|\\.?)*(?:"|$))+/g;

/**
 * The quality of a range. One that is above 1 counts as 1; one that is no number, or is below 0, as if it were not there, which
 * is 1 as well: whoever named a type wants it.
 */
function qualityOf(written: string | undefined): number {
  if (written === undefined || !/^\d*\.?\d+$|^\d+\.$/.test(written)) return 1;
  return Math.min(Number(written), 1);
}

/** The ranges of an `Accept` header (RFC 9110, 12.5.1). What is no range is left out. */
export function wishes(accept: string | null): readonly Wish[] {
  return (accept?.match(range) ?? []).flatMap((text) => {
    const media = mediaType(text);
    return media ? [{ ...media, quality: qualityOf(media.parameters.get("q")) }] : [];
  });
}

const covers = (wish: Wish, type: string, subtype: string) =>
  isUtf8(wish) && (wish.type === type || wish.type === "*") && (wish.subtype === subtype || wish.subtype === "*");

const specificity = (wish: Wish) => (wish.type === "*" ? 0 : wish.subtype === "*" ? 1 : 2);

/**
 * How much a media type is wanted, 0 to 1: the most specific range that covers it decides. Of two such the higher quality
 * counts. Parameters of a range are not looked at, except for a character set that we do not write.
 */
export function qualityFor(essence: string, among: readonly Wish[]): number {
  const [type = "", subtype = ""] = essence.split("/");
  const covering = among.filter((wish) => covers(wish, type, subtype));
  const most = Math.max(...covering.map(specificity));
  return Math.max(0, ...covering.filter((wish) => specificity(wish) === most).map(({ quality }) => quality));
}

/** Whether a range names this very type, without an asterisk. */
export const isNamed = (essence: string, among: readonly Wish[]): boolean =>
  among.some(({ type, subtype }) => `${type}/${subtype}` === essence);
