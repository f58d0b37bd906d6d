import type { Message } from "../standard/message.ts";
import type { StandardRequest } from "../standard/requests.ts";
import { MOST_COMPONENTS } from "./component-id.ts";
import { dataWithoutStore } from "./kept-in.ts";

/**
 * Whether a request has more parts than a session can have: components (those it makes for data without storage, too), data that its
 * storage names, bounds on costs and metrics. What does is not looked at any further.
 */
export function tooMany(request: StandardRequest): Message[] {
  const { storage = [], data = [], compute } = request;
  const written = 2 + storage.length + data.length + (compute?.volumes?.length ?? 0);
  const names = storage.reduce((sum, store) => sum + (store.data?.length ?? 0), 0);
  const lists = [request.costs, request.metrics, compute?.costs, compute?.metrics];
  const bounds = lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
  // Names are only looked up where there are few of them.
  const isFew = written <= MOST_COMPONENTS && names <= MOST_COMPONENTS;
  const components = isFew ? written + dataWithoutStore(storage, data).length : written;
  return [
    ...more(components, "/", "The request has {count} components; a session has {most} at the most ({path})."),
    ...more(names, "/storage", "The storage names {count} data resources to keep ({path}); {most} are the most."),
    ...more(bounds, "/", "The request has {count} bounds on costs and metrics ({path}); {most} are the most."),
  ];
}

const more = (count: number, path: string, template: string): Message[] =>
  count <= MOST_COMPONENTS
    ? []
    : [
        {
          kind: "urn:resource-limit",
          level: "ERROR",
          template,
          values: { path, count: String(count), most: String(MOST_COMPONENTS) },
        },
      ];
