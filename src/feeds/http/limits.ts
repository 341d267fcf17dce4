/** What a visit may cost. One set for the program; tests use smaller ones. */
export interface FeedLimits {
  /** Largest body taken, unpacked, in bytes. */
  readonly bytes: number;
  /** Longest request including its body, in milliseconds. */
  readonly ms: number;
  /** Requests to one host at a time. */
  readonly perHost: number;
  /** Further tries after a failure that may pass. */
  readonly retries: number;
  /** Longest wait that a `Retry-After` is followed for, in milliseconds; a longer one ends the visit. */
  readonly longestWait: number;
  /** Wait before the first retry, in milliseconds; doubled for each further one. */
  readonly firstWait: number;
}

export const LIMITS: FeedLimits = {
  bytes: 64 * 1024 * 1024,
  ms: 120_000,
  perHost: 4,
  retries: 3,
  longestWait: 60_000,
  firstWait: 500,
};
