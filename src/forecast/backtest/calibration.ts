/** Ends of the buckets of stated chances; each takes its lower end in, the last one both. */
const ENDS = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Windows whose stated collision chance lies in `[from, until)`, and how often they did collide. */
export interface Bucket {
  readonly from: number;
  readonly until: number;
  readonly windows: number;
  /** Mean chance stated; `null` without windows. */
  readonly stated: number | null;
  /** Share that collided; `null` without windows. */
  readonly observed: number | null;
}

/** Stated chances beside outcomes, counted up. */
export class Calibration {
  private readonly windows = ENDS.slice(1).map(() => 0);
  private readonly stated = ENDS.slice(1).map(() => 0);
  private readonly collided = ENDS.slice(1).map(() => 0);

  count(stated: number, collided: boolean): void {
    this.add(bucketOf(stated), 1, stated, collided ? 1 : 0);
  }

  /** Takes the counts of another one in. */
  merge(other: Calibration): void {
    other.windows.forEach((windows, index) => {
      this.add(index, windows, other.stated[index] ?? 0, other.collided[index] ?? 0);
    });
  }

  buckets(): readonly Bucket[] {
    return this.windows.map((windows, index) => ({
      from: ENDS[index] ?? 0,
      until: ENDS[index + 1] ?? 1,
      windows,
      stated: windows === 0 ? null : (this.stated[index] ?? 0) / windows,
      observed: windows === 0 ? null : (this.collided[index] ?? 0) / windows,
    }));
  }

  private add(index: number, windows: number, stated: number, collided: number): void {
    this.windows[index] = (this.windows[index] ?? 0) + windows;
    this.stated[index] = (this.stated[index] ?? 0) + stated;
    this.collided[index] = (this.collided[index] ?? 0) + collided;
  }
}

function bucketOf(stated: number): number {
  let index = 0;
  while (index < ENDS.length - 2 && stated >= (ENDS[index + 1] ?? 1)) index++;
  return index;
}
