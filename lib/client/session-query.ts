import { queryOptions } from "@tanstack/react-query";
import type { SessionDetailView } from "#lib/api/view.ts";
import { getJson } from "./get-json.ts";

export const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: ["sessions", id],
    queryFn: ({ signal }) => getJson<SessionDetailView>(`/api/sessions/${encodeURIComponent(id)}`, signal),
  });
