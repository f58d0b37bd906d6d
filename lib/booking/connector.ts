/** The link to the running thing has a life of its own, in the words of the IVOA Execution Broker 1.0. */
export type ConnectorStatus = "PREPARING" | "AVAILABLE" | "FINISHED";
