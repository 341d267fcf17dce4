/** The kinds of experts. Those of one kind are also pooled among themselves. */
export const GROUPS = ['season', 'kernel', 'broad', 'calendar', 'point'] as const;
export type Group = (typeof GROUPS)[number];
