import type { DetectionRule } from '#shared/model/detection-rule.ts';
import type { PipelineCommands } from '../../pipeline/commands.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import type { MappedRule } from '../../query/rule-mapping.ts';

type RuleSources = Pick<PipelineCommands, 'rules' | 'detections'>;

/** Every rule of the core, of all kinds. One that changed is another object. */
export type AnyRule = LoadedRule | DetectionRule;

export function allRules({ rules, detections }: RuleSources): readonly AnyRule[] {
  return [...rules.list(), ...detections.list()];
}

/** Rules as the grid counts them. Filters narrow other rules and detect nothing themselves. */
export function mappedRules(rules: readonly AnyRule[]): MappedRule[] {
  return rules.flatMap((rule) => {
    if ('mitreTechniques' in rule) return [mappedDetection(rule)];
    return rule.kind === 'filter' ? [] : [rule];
  });
}

/** A saved query raises alerts only by the clock; it reads every log source. */
function mappedDetection(rule: DetectionRule): MappedRule {
  return {
    id: rule.id,
    title: rule.name,
    tags: rule.mitreTechniques.map((id) => `attack.${id.toLowerCase()}`),
    enabled: rule.enabled && rule.scheduleEnabled,
    status: '',
    origin: 'custom',
    kind: 'scheduled',
    logsource: { category: null, product: null, service: null },
  };
}
