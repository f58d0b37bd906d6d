import { serve } from "./serve.ts";

/** `npm run dev`: as `npm start`, with pages that reload and a worker that restarts when their sources change. */
await serve("dev");
