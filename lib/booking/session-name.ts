const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * The one name of a session on its platform, made from its id: `m-` and 12 characters of Crockford's base 32, the last 60
 * bits of the UUID (all of them random in version 7). 14 characters of `[a-z0-9-]`, which Skaha allows, and the same
 * whenever it is asked for, so that a launch after a crash finds what the launch before it made.
 */
export function sessionName(id: string): string {
  const hex = id.replaceAll("-", "").toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new TypeError(`not a UUID: ${id}`);
  let bits = BigInt(`0x${hex.slice(-15)}`);
  let name = "";
  for (let index = 0; index < 12; index++) {
    name = alphabet[Number(bits & 31n)] + name;
    bits >>= 5n;
  }
  return `m-${name}`;
}
