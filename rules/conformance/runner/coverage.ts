import type { ChecklistLine, SuiteCase } from './suite.ts';

/**
 * What the cases leave out of the checklist: lines without a case that fires, lines without one that stays
 * silent (or whose rule is rejected), and ids that no line has.
 */
export function coverageGaps(
  lines: readonly ChecklistLine[],
  cases: readonly SuiteCase[],
): readonly string[] {
  const known = new Set(lines.map(({ id }) => id));
  const firing = new Set(cases.filter(fires).flatMap(({ covers }) => covers));
  const quiet = new Set(cases.filter(isQuiet).flatMap(({ covers }) => covers));
  const unknown = cases.flatMap(({ name, covers }) =>
    covers.filter((id) => !known.has(id)).map((id) => `"${name}" covers "${id}", which is no line`),
  );
  const gaps = [...known].flatMap((id) => [
    ...(firing.has(id) ? [] : [`${id} has no case that fires`]),
    ...(quiet.has(id) ? [] : [`${id} has no case that stays silent`]),
  ]);
  return [...unknown, ...gaps];
}

function fires({ fires: firing, events }: SuiteCase): boolean {
  return firing.length > 0 || events.some(({ matches }) => matches.length > 0);
}

function isQuiet({ silent, events, rejected }: SuiteCase): boolean {
  return silent.length > 0 || rejected !== undefined || events.some(({ matches }) => matches.length === 0);
}
