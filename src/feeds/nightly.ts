/** Builds cut from a branch every night, such as `6.9.0-dev.20241002.sha.b6e3fc4`. Nobody plans around them. */
export const NIGHTLY = /-(?:dev|nightly|canary)[.-]/;
