import { queryOptions } from "@tanstack/react-query";
import type { AdminView } from "#lib/api/view.ts";
import { getJson } from "./get-json.ts";

export const adminQuery = queryOptions({
  queryKey: ["admin"],
  queryFn: ({ signal }) => getJson<AdminView>("/api/admin", signal),
});
