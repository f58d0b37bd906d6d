/** What the kinds of version 1.0 begin with. A kind is a name, compared letter by letter; nothing is fetched from it. */
export const KIND_BASE = "https://www.purl.org/ivoa.net/Calycopis-openapi/schema/v1.0/kinds";

/** The kinds of the IVOA Execution Broker, version 1.0: those its schema maps, and that of an offer set, which it does not. */
export const kinds = {
  executable: {
    dockerContainer: `${KIND_BASE}/executable/docker-container.yaml`,
    singularityContainer: `${KIND_BASE}/executable/singularity-container.yaml`,
    jupyterNotebook: `${KIND_BASE}/executable/jupyter-notebook.yaml`,
  },
  compute: {
    simple: `${KIND_BASE}/compute/simple-compute-resource.yaml`,
  },
  volume: {
    simple: `${KIND_BASE}/volume/simple-volume-mount.yaml`,
  },
  storage: {
    simple: `${KIND_BASE}/storage/simple-storage-resource.yaml`,
  },
  data: {
    simple: `${KIND_BASE}/data/simple-data-resource.yaml`,
    s3: `${KIND_BASE}/data/S3-data-resource.yaml`,
    rucio: `${KIND_BASE}/data/rucio-data-resource.yaml`,
    ivoa: `${KIND_BASE}/data/ivoa-data-resource.yaml`,
    skao: `${KIND_BASE}/data/skao-data-resource.yaml`,
  },
  cost: {
    abstract: `${KIND_BASE}/costs/abstract-cost-item.yaml`,
    simple: `${KIND_BASE}/costs/simple-minmax-float-cost.yaml`,
  },
  metric: {
    abstract: `${KIND_BASE}/metrics/abstract-metric-item.yaml`,
    simple: `${KIND_BASE}/metrics/simple-minmax-float-metric.yaml`,
  },
  session: {
    simple: `${KIND_BASE}/session/simple-execution-session.yaml`,
    scheduled: `${KIND_BASE}/session/scheduled-execution-session.yaml`,
  },
  offerSet: `${KIND_BASE}/offerset/execution-offerset.yaml`,
  options: {
    stringValue: "uri:string-value-option",
    enumValue: "uri:enum-value-option",
    integerValue: "uri:integer-value-option",
    integerDelta: "uri:integer-delta-option",
  },
  updates: {
    stringValue: "uri:string-value-update",
    enumValue: "uri:enum-value-update",
    integerValue: "uri:integer-value-update",
    integerDelta: "uri:integer-delta-update",
  },
} as const;
