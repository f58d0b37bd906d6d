/**
 * Text that PostgreSQL can store: what programs write may hold NUL characters and halves of surrogate pairs, which UTF-8
 * in a database may not. They become U+FFFD.
 */
export const storable = (text: string): string => text.replaceAll("\0", "\uFFFD").toWellFormed();
