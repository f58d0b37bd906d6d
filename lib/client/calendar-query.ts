import { queryOptions } from "@tanstack/react-query";
import type { CalendarView } from "#lib/api/view.ts";
import { getJson } from "./get-json.ts";

export const calendarQuery = queryOptions({
  queryKey: ["calendar"],
  queryFn: ({ signal }) => getJson<CalendarView>("/api/calendar", signal),
});
