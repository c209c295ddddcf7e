import { z } from 'zod';
import { logsource, timestamp } from './primitives.ts';

const logsourceParts = z.enum(['category', 'product', 'service']);

const place = { line: z.number().int(), column: z.number().int() };

/** A condition as a tree; `selection` is set where `kind` is "selection". */
export interface ConditionNodeWire {
  readonly kind: 'and' | 'or' | 'not' | 'selection';
  readonly holds: boolean;
  readonly selection: string | null;
  readonly operands: readonly ConditionNodeWire[];
}

/** The type is stated because an inferred one that refers to itself does not survive into declarations. */
const conditionNode: z.ZodType<ConditionNodeWire> = z
  .object({
    kind: z.enum(['and', 'or', 'not', 'selection']),
    holds: z.boolean(),
    selection: z.string().nullable(),
    get operands() {
      return z.array(conditionNode);
    },
  })
  .meta({ id: 'ConditionNode' });

const explainedItem = z
  .object({
    field: z.string().nullable().meta({ description: 'null for keywords' }),
    modifiers: z.array(z.string()),
    values: z.array(z.string()).meta({ description: 'The rule’s values, at most 50' }),
    value_count: z.number().int(),
    exists: z.boolean().meta({ description: 'The event has the field' }),
    found: z.array(z.string()).meta({ description: 'The event’s values' }),
    holds: z.boolean(),
    fitting: z.string().nullable().meta({ description: 'The rule’s value that fits' }),
    sentence: z.string(),
    ...place,
  })
  .meta({ id: 'ExplainedItem' });

const explainedSelection = z
  .object({
    name: z.string(),
    holds: z.boolean(),
    role: z.enum(['needed', 'excluding', 'unused']),
    alternatives: z.array(z.object({ holds: z.boolean(), items: z.array(explainedItem) })),
  })
  .meta({ id: 'ExplainedSelection' });

const explainedCondition = z.object({ text: z.string(), root: conditionNode });

/** Why a rule matches an event, or why not. */
export const ruleExplanationWire = z
  .object({
    rule_id: z.string(),
    title: z.string(),
    matched: z.boolean(),
    enabled: z
      .boolean()
      .meta({ description: 'false: the rule is switched off, so nothing it matches is an alert' }),
    summary: z.string(),
    event: z.object({ id: z.string(), message: z.string(), event_ts: timestamp }),
    logsource: z.object({
      accepted: z.boolean(),
      rule: logsource,
      event: logsource,
      differences: z.array(
        z.object({ part: logsourceParts, rule: z.string(), event: z.string().nullable() }),
      ),
      resolved_from: z.string(),
    }),
    conditions: z.array(explainedCondition),
    selections: z.array(explainedSelection),
    changes: z
      .array(
        z.object({
          selection: z.string(),
          field: z.string().nullable(),
          must_hold: z.boolean(),
          sentence: z.string(),
          ...place,
        }),
      )
      .meta({ description: 'Fewest changes of the event under which the rule would match' }),
    excluded_by: z
      .array(z.string())
      .meta({ description: 'Selections that hold and only prevent a match, and filters, by name' }),
    filters: z
      .array(
        z.object({
          rule_id: z.string(),
          title: z.string(),
          holds: z.boolean(),
          conditions: z.array(explainedCondition),
          selections: z.array(explainedSelection),
        }),
      )
      .meta({ description: 'Filters that narrow the rule: each must hold too' }),
  })
  .meta({ id: 'RuleExplanation' });

export type RuleExplanationWire = z.infer<typeof ruleExplanationWire>;

/** What a correlation asks for, and what the rules that it looks at say of one event. */
export const correlationExplanationWire = z
  .object({
    rule_id: z.string(),
    title: z.string(),
    type: z.string(),
    requirement: z.string(),
    timespan_ms: z.number(),
    counts: z.boolean().meta({ description: 'A rule that the correlation looks at matches the event' }),
    summary: z.string(),
    groups: z.array(
      z.object({
        rule_id: z.string(),
        values: z.array(z.object({ field: z.string(), value: z.string().nullable() })),
      }),
    ),
    rules: z.array(ruleExplanationWire),
  })
  .meta({ id: 'CorrelationExplanation' });

export type CorrelationExplanationWire = z.infer<typeof correlationExplanationWire>;
