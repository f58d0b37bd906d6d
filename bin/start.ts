import { serve } from "./serve.ts";

/** `npm start`: sets up what is missing and runs Meridian. */
await serve("start");
