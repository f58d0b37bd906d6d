import type { PlatformChoices } from "./choices.ts";
import type { ExecutableType } from "./executable.ts";

/** Whether an image comes from a host: its name begins with the whole host, so that `host.example` is another one. */
export const isFrom = (registry: string, image: string): boolean =>
  image.startsWith(`${registry}/`) && image.length > registry.length + 1;

/** The only host there is, or null. */
const onlyRegistry = (choices: PlatformChoices | null): string | null =>
  choices?.registries.length === 1 ? (choices.registries[0] ?? null) : null;

/** "skaha/astroml:latest": without the host where there is one only, as everybody knows it. */
export function shortImage(image: string, choices: PlatformChoices | null): string {
  const registry = onlyRegistry(choices);
  return registry !== null && isFrom(registry, image) ? image.slice(registry.length + 1) : image;
}

/** What stands before the first slash is a host when it looks like one, as everywhere where images have names. */
const namesHost = (image: string): boolean => {
  const [first = "", ...more] = image.split("/");
  return more.length > 0 && (/[.:]/.test(first) || first === "localhost");
};

/** "skaha/astroml:latest", whatever host it comes from. */
export const imageInWords = (image: string): string => (namesHost(image) ? image.slice(image.indexOf("/") + 1) : image);

/** The whole name of an image that was typed, with the host it left out where there is one only. */
export function wholeImage(typed: string, choices: PlatformChoices | null): string {
  const image = typed.trim();
  const registry = onlyRegistry(choices);
  return image === "" || registry === null || namesHost(image) ? image : `${registry}/${image}`;
}

/** The images of a type, by name. */
export const imagesFor = (type: ExecutableType, choices: PlatformChoices | null): string[] =>
  (choices?.images ?? [])
    .filter(({ types }) => types.includes(type))
    .map(({ id }) => id)
    .sort((a, b) => a.localeCompare(b, "en"));

/** What people start with today, by type. */
const usual: Readonly<Record<ExecutableType, string>> = {
  notebook: "astroml:latest",
  desktop: "desktop:latest",
  carta: "carta:latest",
  contributed: "vscode:latest",
  firefly: "firefly:2025.2",
  headless: "astroml:latest",
};

/** The image a type starts with: the usual one where there is one, else the first; "" when none is known. */
export function firstImage(type: ExecutableType, choices: PlatformChoices | null): string {
  const images = imagesFor(type, choices);
  return (
    images.find((image) => image.endsWith(`/skaha/${usual[type]}`)) ??
    images.find((image) => image.endsWith(`/${usual[type]}`)) ??
    images[0] ??
    ""
  );
}
