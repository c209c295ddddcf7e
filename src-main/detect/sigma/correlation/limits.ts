/** How far events may be out of order and still be placed as if they had come sorted (detection.md, section 1). */
export const LATENESS_MS = 30_000;

/**
 * Groups that one correlation keeps at once. At 1.2 KB for a group of one event (npm run bench -- correlation) this
 * is 180 MB for a rule that somebody sprays with names; the group that was silent longest goes first.
 */
export const MAX_GROUPS = 150_000;

/** Events that one group keeps; thresholds above it are refused, since they could never be reached. */
export const MAX_GROUP_EVENTS = 100_000;

/** Events that all groups of one correlation keep together, at 200 to 350 bytes each. */
export const MAX_EVENTS = 500_000;

/** Events that a match names. An alert is read by people; the rest are found by its group and time. */
export const MAX_CONTRIBUTORS = 100;

/**
 * Firings of a group that lie no further apart are one alert (the store folds within 15 minutes, document 004), of
 * which only the first names the events that made it.
 */
export const SERIES_MS = 900_000;
