import type { ResponseOf } from '#shared/contract/client.ts';
import type { DetectionRule } from '#shared/model/detection-rule.ts';
import type { DetectionActivity } from '../../store/interface/detections.ts';

/** Rules named in each of the two rankings. */
const RANKED = 10;

/** The dashboard's figures. Rules that were removed since keep their numbers in the sums and leave the rankings. */
export function detectionMetrics(
  rules: readonly DetectionRule[],
  activity: DetectionActivity,
): ResponseOf<'detectionMetrics'> {
  const names = new Map(rules.map(({ id, name }) => [id, name]));
  const ranked = (counts: DetectionActivity['matchesByRule']) =>
    counts
      .flatMap(({ ruleId, count }) => {
        const name = names.get(ruleId);
        return name === undefined ? [] : [{ rule_id: ruleId, name, count }];
      })
      .slice(0, RANKED);
  return {
    total_rules: rules.length,
    enabled_rules: rules.filter(({ enabled }) => enabled).length,
    scheduled_rules: rules.filter(({ scheduleEnabled }) => scheduleEnabled).length,
    runs_24h: activity.runs,
    matches_24h: activity.matches,
    suppressed_24h: activity.suppressed,
    top_rules_by_matches: ranked(activity.matchesByRule).map(({ count, ...rule }) => ({
      ...rule,
      matches: count,
    })),
    noisiest_rules: ranked(activity.falsePositivesByRule).map(({ count, ...rule }) => ({
      ...rule,
      false_positives: count,
    })),
  };
}
