import { queryOptions } from "@tanstack/react-query";
import type { CredentialsView } from "#lib/api/view.ts";
import { getJson } from "./get-json.ts";

export const credentialsQuery = queryOptions({
  queryKey: ["credentials"],
  queryFn: ({ signal }) => getJson<CredentialsView>("/api/credentials", signal),
});
