/** What travels on the interface of the standard: the same objects in three notations. */
export const formats = ["yaml", "json", "xml"] as const;

export type Format = (typeof formats)[number];
