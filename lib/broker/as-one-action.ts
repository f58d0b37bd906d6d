/** What the edges wrap an action of a person in: every event that it leaves in the audit shares one correlation id. */
export { asOneAction } from "#lib/db/correlation.ts";
