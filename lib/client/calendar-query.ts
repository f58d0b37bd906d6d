import { queryOptions } from "@tanstack/react-query";
import type { CalendarView } from "#lib/api/view.ts";
import { getJson } from "./get-json.ts";

/** Null: they have no project to book for. */
export const calendarQuery = queryOptions({
  queryKey: ["calendar"],
  queryFn: ({ signal }) => getJson<CalendarView | null>("/api/calendar", signal),
});
