import type {
  ConditionNodeWire,
  CorrelationExplanationWire,
  RuleExplanationWire,
} from '#shared/contract/rule-explanation.ts';
import type { RuleVocabularyWire } from '#shared/contract/rule-questions.ts';
import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { isoTime } from '#shared/wire/time.ts';
import type {
  ConditionNode,
  CorrelationExplanation,
  ExplainedCondition,
  ExplainedItem,
  ExplainedSelection,
  RuleExplanation,
  RuleVocabulary,
} from '../../pipeline/rule-questions.ts';

type ItemWire = RuleExplanationWire['selections'][number]['alternatives'][number]['items'][number];

/** `enabled` is what the live engine does with the rule; an unsaved rule counts as enabled. */
export function explanationToWire(
  explanation: RuleExplanation,
  event: LogEvent,
  enabled: boolean,
): RuleExplanationWire {
  const { logsource } = explanation;
  return {
    rule_id: explanation.ruleId,
    title: explanation.title,
    matched: explanation.matched,
    enabled,
    summary: enabled ? explanation.summary : `${explanation.summary} The rule is switched off.`,
    event: { id: event.id, message: event.message, event_ts: isoTime(event.eventTs) },
    logsource: {
      accepted: logsource.accepted,
      rule: logsource.rule,
      event: logsource.event,
      differences: [...logsource.differences],
      resolved_from: logsource.resolvedFrom,
    },
    conditions: explanation.conditions.map(conditionToWire),
    selections: explanation.selections.map(selectionToWire),
    changes: explanation.changes.map(({ selection, field, mustHold, sentence, line, column }) => ({
      selection,
      field,
      must_hold: mustHold,
      sentence,
      line,
      column,
    })),
    excluded_by: [...explanation.excludedBy],
    filters: explanation.filters.map(({ ruleId, title, holds, conditions, selections }) => ({
      rule_id: ruleId,
      title,
      holds,
      conditions: conditions.map(conditionToWire),
      selections: selections.map(selectionToWire),
    })),
  };
}

/** What a correlation says of an event. */
export function correlationToWire(
  correlation: CorrelationExplanation,
  event: LogEvent,
): CorrelationExplanationWire {
  return {
    rule_id: correlation.ruleId,
    title: correlation.title,
    type: correlation.type,
    requirement: correlation.requirement,
    timespan_ms: correlation.timespanMs,
    counts: correlation.counts,
    summary: correlation.summary,
    groups: correlation.groups.map(({ ruleId, values }) => ({ rule_id: ruleId, values: [...values] })),
    rules: correlation.rules.map((rule) => explanationToWire(rule, event, true)),
  };
}

function conditionToWire({ text, root }: ExplainedCondition): RuleExplanationWire['conditions'][number] {
  return { text, root: nodeToWire(root) };
}

function nodeToWire({ kind, holds, selection, operands }: ConditionNode): ConditionNodeWire {
  return { kind, holds, selection, operands: operands.map(nodeToWire) };
}

function selectionToWire(selection: ExplainedSelection): RuleExplanationWire['selections'][number] {
  const { name, holds, role, alternatives } = selection;
  return {
    name,
    holds,
    role,
    alternatives: alternatives.map((one) => ({ holds: one.holds, items: one.items.map(itemToWire) })),
  };
}

function itemToWire({ valueCount, ...item }: ExplainedItem): ItemWire {
  return {
    ...item,
    modifiers: [...item.modifiers],
    values: [...item.values],
    found: [...item.found],
    value_count: valueCount,
  };
}

/** The vocabulary with the tags of the ATT&CK catalogue. */
export function vocabularyToWire(vocabulary: RuleVocabulary, attack: AttackCatalogue): RuleVocabularyWire {
  return {
    keys: [...vocabulary.keys],
    modifiers: [...vocabulary.modifiers],
    conditions: [...vocabulary.conditions],
    logsources: [...vocabulary.logsources],
    seen: vocabulary.seen.map((one) => ({ ...one, fields: [...one.fields] })),
    taxonomy: vocabulary.taxonomy.map((one) => ({ ...one, fields: [...one.fields] })),
    tags: attackTags(attack),
    statuses: [...vocabulary.statuses],
    levels: [...vocabulary.levels],
    placeholders: [...vocabulary.placeholders],
  };
}

/** Tactics of both releases, then techniques, as the tags of rules write them. */
function attackTags(attack: AttackCatalogue): RuleVocabularyWire['tags'] {
  const { tactics, techniques } = attack;
  const current = tactics.map(({ shortName, name }) => ({ name: `attack.${shortName}`, description: name }));
  const former = [...new Set(tactics.map(({ shortName }) => attack.toV18(shortName)))]
    .filter((name) => !tactics.some(({ shortName }) => shortName === name))
    .map((name) => ({ name: `attack.${name}`, description: 'Tactic of ATT&CK 18, split in 19' }));
  return [
    ...current,
    ...former,
    ...techniques.map(({ id, name }) => ({ name: `attack.${id.toLowerCase()}`, description: name })),
  ];
}
