/** The operator's settings, in the words of the contract's sections 2.4 and 2.6. */
export interface Platform {
  /** Which of the two forms `/v1/context` has. */
  context: "limit-range" | "static";
  /** Interactive sessions of one user. */
  limit: number;
  /** Whether the operator limits GPUs; otherwise `gpus.options` is empty in the LimitRange form. */
  gpus: boolean;
  /** What a call without any credential is answered. */
  anonymous: 400 | 401;
  /** A provider elsewhere whose access tokens are accepted as well; null for none. */
  issuer: string | null;
  /** Whether `view=stats` has a metrics service to ask. */
  metrics: boolean;
  available: boolean;
  /** Where home folders are, without the slash at the front. */
  home: string;
  cores: number;
  ramGiB: number;
}

export const defaultPlatform = (issuer: string | null): Platform => ({
  context: "limit-range",
  limit: 3,
  gpus: true,
  anonymous: 400,
  issuer,
  metrics: true,
  available: true,
  home: "arc/home",
  cores: 100,
  ramGiB: 400,
});

const upTo = (max: number) => Array.from({ length: max }, (_, index) => index + 1);
const staticRam = "1 2 4 6 8 10 12 14 16 20 24 26 28 30 32 36 40 44 48 56 64 80 92 112 128 140 170 192"
  .split(" ")
  .map(Number);

/** The answer of `/v1/context`, and the options that a request is checked against. */
export function contextOf(platform: Platform) {
  if (platform.context === "static")
    return {
      cores: { default: 2, defaultRequest: 1, defaultLimit: 8, options: upTo(16) },
      memoryGB: { default: 8, defaultRequest: 4, defaultLimit: 32, options: staticRam },
      gpus: { options: upTo(28) },
      maxInteractiveSessions: String(platform.limit),
    };
  return {
    cores: { default: 1, defaultRequest: 1, defaultLimit: 16, options: upTo(16) },
    memoryGB: { default: 4, defaultRequest: 4, defaultLimit: 32, options: upTo(192) },
    gpus: { options: platform.gpus ? upTo(7) : [] },
    maxInteractiveSessions: platform.limit,
  };
}
