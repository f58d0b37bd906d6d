/**
 * The identifiers of a session's components. They need no table: the session's UUID (version 7) begins with a time in
 * milliseconds, whose first six bits are zero until the year 2109; a component's has its number there, and version 8. So each
 * is unique, as unguessable as the session's own, and leads back to it.
 */

/** So many components a session may have: the executable, the compute resource, and the storage, data and volumes of it. */
export const MOST_COMPONENTS = 63;

/** `number` from 1 to {@link MOST_COMPONENTS}. */
export function componentId(sessionId: string, number: number): string {
  if (!Number.isSafeInteger(number) || number < 1 || number > MOST_COMPONENTS)
    throw new RangeError(`component ${number}`);
  const first = Number.parseInt(sessionId.slice(0, 2), 16) | (number << 2);
  return `${hex(first)}${sessionId.slice(2, 14)}8${sessionId.slice(15)}`;
}

/** Whose component it is, and which; null when it is no component's. */
export function ofComponent(id: string): { readonly sessionId: string; readonly number: number } | null {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id)) return null;
  const first = Number.parseInt(id.slice(0, 2), 16);
  const number = first >> 2;
  return number === 0
    ? null
    : { sessionId: `${hex(first & 3)}${id.slice(2, 14)}7${id.slice(15)}`.toLowerCase(), number };
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");
