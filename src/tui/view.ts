/** The views, in the order of their number keys. They share cursor and selection. */
export const VIEWS = ['timeline', 'month', 'agenda', 'week'] as const;
export type ViewName = (typeof VIEWS)[number];

export const VIEW_TITLES: Readonly<Record<ViewName, string>> = {
  timeline: 'Timeline',
  month: 'Month',
  agenda: 'Agenda',
  week: 'Week',
};
