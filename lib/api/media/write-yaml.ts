import { Document, type ScalarTag, visit } from "yaml";

/** Words that a reader of YAML 1.1 takes for a boolean or nothing. */
const words = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
// Everything else that 1.1 takes for something (numbers, times, 1:20, =, <<, ~, .inf) begins with neither.
const plain = /^[A-Za-z/]/;
/** What is not safe to write as it is: controls, and line ends that only some readers know. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are the point
const special = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const hexadecimal = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A number with an exponent and no point is text to readers of 1.1. */
const withExponent: ScalarTag = {
  tag: "tag:yaml.org,2002:float",
  default: true,
  identify: (value) => typeof value === "number" && String(value).includes("e"),
  test: /(?!)/, // for writing only
  resolve: Number,
  stringify: ({ value }) => String(value).replace(/^(-?\d+)e/, "$1.0e"),
};

/**
 * A YAML document that readers of 1.1 and 1.2 understand alike: text that either could take for something else is quoted.
 * No anchors, no folded lines. Takes plain values only.
 */
export function writeYaml(value: unknown): string {
  const document = new Document(value, {
    version: "1.2",
    schema: "core",
    aliasDuplicateObjects: false,
    customTags: (tags) => [withExponent, ...tags],
  });
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== "string") return;
      if (!plain.test(node.value) || words.test(node.value) || special.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  const text = document.toString({ lineWidth: 0, blockQuote: "literal" });
  // They are all within double quotes, and JSON.stringify has escaped only some.
  return text.replaceAll(new RegExp(special, "g"), hexadecimal);
}
