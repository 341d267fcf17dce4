/** Days per column. */
export const ZOOMS = [1, 2, 7, 14] as const;
export type Zoom = (typeof ZOOMS)[number];

/** `by` steps further out, or in when negative; stops at the ends. */
export function zoomed(zoom: Zoom, by: number): Zoom {
  const index = ZOOMS.indexOf(zoom) + by;
  return ZOOMS[Math.min(Math.max(index, 0), ZOOMS.length - 1)] ?? zoom;
}
