import { queryOptions } from "@tanstack/react-query";
import type { ProfileView } from "#lib/api/profile-view.ts";
import { getJson } from "./get-json.ts";

export const profileQuery = queryOptions({
  queryKey: ["profile"],
  queryFn: ({ signal }) => getJson<ProfileView>("/api/profile", signal),
});
