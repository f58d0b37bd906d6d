import { queryOptions } from "@tanstack/react-query";
import type { SessionsView } from "#lib/api/view.ts";
import { getJson } from "./get-json.ts";

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: ({ signal }) => getJson<SessionsView>("/api/sessions", signal),
});
