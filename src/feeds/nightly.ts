/** Builds and drafts that nobody plans around: `6.9.0-dev.20241002.sha.b6e3fc4`, `2.11.0-draft.0`, `4.0.dev1`. */
export const NIGHTLY = /-(?:dev|nightly|canary|draft)[.-]|\.dev\d*$/;
