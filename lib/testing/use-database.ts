import { afterAll, inject } from "vitest";
import { closeDatabase } from "#lib/db/client.ts";

process.env.DATABASE_URL = inject("databaseUrl");

afterAll(closeDatabase);
