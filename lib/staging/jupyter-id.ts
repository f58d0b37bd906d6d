import { z } from "zod";

/** What a session's Jupyter calls a kernel or a session. It becomes part of an address, and leads to no other one. */
export const jupyterId = z.string().regex(/^[0-9A-Za-z-]{1,64}$/);
