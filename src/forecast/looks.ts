/**
 * Days between the moments of a silence at which forecasts are made to be scored or learned from: a forecast is asked for on every day of it,
 * not only on the first. Design.md section 7.
 */
export const LOOK_EVERY = 7;
