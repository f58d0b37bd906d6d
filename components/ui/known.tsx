import { dehydrate, HydrationBoundary, QueryClient, type QueryKey } from "@tanstack/react-query";
import type { ReactNode } from "react";

/** Hands what the server has read to the queries of the browser, so that the page is there at once and stays alive. */
export function Known<T>(props: { query: { queryKey: QueryKey }; data: T; children: ReactNode }) {
  const client = new QueryClient();
  client.setQueryData(props.query.queryKey, props.data);
  return <HydrationBoundary state={dehydrate(client)}>{props.children}</HydrationBoundary>;
}
