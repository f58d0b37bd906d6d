import type {
  AbstractExecutionSession,
  AbstractUpdate,
  ExecutionRequest,
  OfferSetResponse,
  Operations,
  SlotList,
} from "./generated/schema.d.ts";
import { pages } from "./pages.ts";
import { type Asking, type Reads, reads } from "./reads.ts";
import { type BrokerAccess, sender } from "./send.ts";
import { type Watching, watchSession } from "./watch-session.ts";

/** `idempotencyKey`: sent again with the same body, it gets the first answer again and nothing is done twice. When the connection breaks, that happens once by itself. */
export interface Doing extends Asking {
  readonly idempotencyKey?: string | undefined;
}
type Query<Name extends keyof Operations> = Operations[Name]["query"];
/** A request as an object, or as text in YAML (JSON is YAML too). */
export type Requested = ExecutionRequest | string;

/**
 * A client of the IVOA Execution Broker 1.0, with the extensions of Meridian, for Node and whatever has its fetch.
 *
 * A NO is a value: an offer set with `result` NO, and of `direct` a session of phase FAILED; the reasons are in `meta.messages`.
 * Everything else that is no success throws: BrokerProblem, BrokerUnreachable, or the signal's reason.
 *
 * @example
 * const broker = brokerClient({ url: "https://meridian.example.org/api/broker/v1", token });
 * const { result, offers = [] } = await broker.request({ executable, schedule: { requested: { duration: "PT1H" } } });
 * if (result === "YES") await broker.accept(offers[0].meta.uuid);
 */
export function brokerClient(access: BrokerAccess) {
  const send = sender(access);
  const offerSet: Reads<OfferSetResponse> = reads(send, "/offersets");
  const session: Reads<AbstractExecutionSession> = reads(send, "/sessions");

  async function update(uuid: string, change: AbstractUpdate, options: Doing = {}): Promise<AbstractExecutionSession> {
    return (await send(`/sessions/${encodeURIComponent(uuid)}`, { method: "POST", body: change, ...options })).json();
  }
  const toPhase = (value: string) => (uuid: string, options?: Doing) =>
    update(uuid, { kind: "uri:enum-value-update", path: "/phase", value }, options);

  return {
    /** Asks for offers. */
    async request(body: Requested, options: Query<"ExecutionRequest"> & Doing = {}): Promise<OfferSetResponse> {
      const { platform, project, ...doing } = options;
      const response = await send("/requests", { method: "POST", body, query: { platform, project }, ...doing });
      return response.status === 303 ? (await offerSet(uuidIn(response), doing)).value : response.json();
    },
    /** Books without offers; where nothing fits, a session of phase FAILED without a uuid. */
    async direct(body: Requested, options: Query<"DirectExecution"> & Doing = {}): Promise<AbstractExecutionSession> {
      const { platform, project, ...doing } = options;
      const query = { platform, project };
      const response = await send("/direct", { method: "POST", body, query, mayRefuse: true, ...doing });
      return response.status === 303 ? (await session(uuidIn(response), doing)).value : response.json();
    },
    offerSet,
    session,
    update,
    accept: toPhase("ACCEPTED"),
    reject: toPhase("REJECTED"),
    cancel: toPhase("CANCELLED"),
    /** All sessions, the newest first, page by page as they are needed. */
    sessions: ({ signal, ...query }: Query<"SessionList"> & Asking = {}) =>
      pages<AbstractExecutionSession>(send, "/sessions", query, signal),
    /** All offer sets, the newest first. */
    offerSets: ({ signal, ...query }: Query<"OfferSetList"> & Asking = {}) =>
      pages<OfferSetResponse>(send, "/offersets", query, signal),
    async slots({ signal, ...query }: Query<"SlotList"> & Asking = {}): Promise<SlotList> {
      return (await send("/slots", { query, signal })).json();
    },
    /** The session each time it changed, until it is over. */
    watch: (uuid: string, signal: AbortSignal, how: Pick<Watching, "pollMs" | "silenceMs"> = {}) =>
      watchSession({ send, uuid, read: (etag) => session(uuid, { signal, etag }), signal, ...how }),
  };
}

/** The last part of Location: it is read at the broker's own address, wherever that leads to. */
function uuidIn({ headers }: Response): string {
  const uuid = headers.get("location")?.match(/([^/?#]+)\/?(?:[?#].*)?$/)?.[1];
  if (!uuid) throw new Error("The broker answered 303 without a Location.");
  return decodeURIComponent(uuid);
}

export type BrokerClient = ReturnType<typeof brokerClient>;
