import { z } from 'zod';
import { eventWire } from './events.ts';
import { level, logsource, timeBound, timestamp } from './primitives.ts';
import { route } from './route.ts';
import { correlationExplanationWire, ruleExplanationWire } from './rule-explanation.ts';
import { ruleProblemWire } from './sigma.ts';

/** Length of a rule's text, as for saving one. */
const MAX_YAML_CHARS = 262_144;

const askedRule = {
  rule_id: z.string().max(256).optional().meta({ description: 'A loaded rule, or one document of `yaml`' }),
  yaml: z.string().max(MAX_YAML_CHARS).optional().meta({ description: 'Text of a rule that is not saved' }),
};

const ruleParams = z.object({ rule_id: z.string().max(256) });

const statedLogsource = z
  .object({
    category: z.string().max(64).nullable().optional(),
    product: z.string().max(64).nullable().optional(),
    service: z.string().max(64).nullable().optional(),
  })
  .meta({ description: 'What the record is known to be; parts left out are resolved from the record' });

const record = z.record(z.string().max(1024), z.unknown());

/** Cases of one rule: enough to pin its meaning down, few enough to be tried at each save. */
const MAX_CASES = 100;

const ruleCase = z.object({
  name: z.string().max(200).default(''),
  expect: z.enum(['match', 'no_match']),
  event: record,
  logsource: statedLogsource.nullable().default(null),
});

const caseResult = z.object({ matched: z.boolean(), passed: z.boolean(), summary: z.string() });

/** Cases beside a rule; `result` is null when the rule does not run, and `problems` says why. */
const ruleCasesWire = z
  .object({
    rule_id: z.string(),
    cases: z.array(ruleCase.extend({ origin: z.enum(['shipped', 'own']), result: caseResult.nullable() })),
    passed: z.number().int(),
    failed: z.number().int(),
    problems: z.array(ruleProblemWire),
    updated_at: timestamp.nullable(),
  })
  .meta({ id: 'RuleCases' });

export type RuleCasesWire = z.infer<typeof ruleCasesWire>;

/** What a rule would have matched. */
const dryRunWire = z
  .object({
    rule_id: z.string(),
    since: timestamp.nullable(),
    until: timestamp.nullable(),
    examined: z.number().int(),
    matched: z.number().int(),
    elapsed_ms: z.number().int(),
    complete: z.boolean(),
    limit: z.enum(['time_limit', 'event_limit', 'stalled']).nullable(),
    reason: z.string().nullable().meta({ description: 'Sentence about the limit; null when complete' }),
    sample: z.array(eventWire).meta({ description: 'Matching events, newest first' }),
    by_hour: z.array(z.object({ ts: timestamp, count: z.number().int() })),
  })
  .meta({ id: 'DryRun' });

export type DryRunWire = z.infer<typeof dryRunWire>;

const word = z.object({ name: z.string(), description: z.string() });

/** What an editor may offer while a rule is written. */
export const ruleVocabularyWire = z
  .object({
    keys: z.array(
      word.extend({
        section: z.enum(['rule', 'logsource', 'detection', 'correlation', 'filter']),
        required: z.boolean(),
      }),
    ),
    modifiers: z.array(
      word.extend({
        group: z.enum(['text', 'list', 'expression', 'encoding', 'number', 'time', 'address', 'other']),
      }),
    ),
    conditions: z.array(word),
    logsources: z.array(logsource.extend({ known: z.boolean(), events: z.number().int() })),
    seen: z
      .array(
        logsource.extend({
          events: z.number().int(),
          sampled: z.number().int(),
          fields: z.array(z.object({ name: z.string(), count: z.number().int() })),
        }),
      )
      .meta({ description: 'Fields of the stored events, from a sample of the newest of each logsource' }),
    taxonomy: z.array(logsource.extend({ fields: z.array(z.string()) })),
    tags: z
      .array(word)
      .meta({ description: 'ATT&CK tactics and techniques as tags, in the names of releases 18 and 19' }),
    statuses: z.array(word),
    levels: z.array(z.object({ name: level, description: z.string() })),
    placeholders: z.array(z.string()),
  })
  .meta({ id: 'RuleVocabulary' });

export type RuleVocabularyWire = z.infer<typeof ruleVocabularyWire>;

export const ruleQuestionRoutes = {
  explainRule: route({
    method: 'POST',
    path: '/api/v1/sigma/explain',
    tag: 'Sigma',
    summary: 'Why a rule matches an event, or why not',
    description:
      'Name a loaded rule (`rule_id`) or send its text (`yaml`), and name a stored event (`event_id`) or send a ' +
      'record as it would be received (`event`). A correlation answers with ' +
      '`correlation`, a rule that does not run with its problems only.',
    examples: [
      { body: { rule_id: 'ssh_brute_force', event_id: '01HZX00000000000000000000A' } },
      { body: { yaml: 'title: ...', event: { EventID: 1, CommandLine: 'whoami /all' } } },
    ],
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    body: z
      .object({
        ...askedRule,
        event_id: z.string().max(64).optional(),
        event: record.optional().meta({ description: 'A JSON record, read and enriched like any other' }),
        logsource: statedLogsource.optional(),
      })
      .refine(({ rule_id, yaml }) => rule_id !== undefined || yaml !== undefined, 'send rule_id or yaml')
      .refine(
        ({ event_id, event }) => (event_id === undefined) !== (event === undefined),
        'send either event_id or event',
      ),
    response: z.object({
      explanation: ruleExplanationWire.nullable(),
      correlation: correlationExplanationWire.nullable(),
      problems: z.array(ruleProblemWire),
    }),
  }),
  dryRunRule: route({
    method: 'POST',
    path: '/api/v1/sigma/dry-run',
    tag: 'Sigma',
    summary: 'What a rule would have matched among stored events',
    description:
      'Without a span or an import: the last 24 hours of event time. Nothing is stored and no alert is raised. ' +
      '`examined` counts the events that the rule was run on; the others of the span were excluded by logsource and ' +
      'text. A run that a limit ended says so in `limit`, and its counts are of what it had seen.',
    examples: [{ body: { yaml: 'title: ...', since: '7d' } }, { body: { rule_id: 'a', import_id: '01HZX' } }],
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    body: z
      .object({
        ...askedRule,
        since: timeBound.optional(),
        until: timeBound.optional(),
        import_id: z.string().max(64).optional(),
        sample: z.number().int().min(0).max(100).default(20),
      })
      .refine(({ rule_id, yaml }) => rule_id !== undefined || yaml !== undefined, 'send rule_id or yaml'),
    response: z.object({ report: dryRunWire.nullable(), problems: z.array(ruleProblemWire) }),
  }),
  testRule: route({
    method: 'POST',
    path: '/api/v1/sigma/test',
    tag: 'Sigma',
    summary: 'Try events that a rule must match or must leave alone',
    description:
      'For rules that are not saved (`yaml`), or for cases that are not (`rule_id`). Each event is a JSON record as ' +
      'it would be received. `results` follows the order of the cases and is empty when the rule does not run.',
    examples: [{ body: { yaml: 'title: ...', cases: [{ expect: 'match', event: { EventID: 1 } }] } }],
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    body: z
      .object({ ...askedRule, cases: z.array(ruleCase).max(MAX_CASES) })
      .refine(({ rule_id, yaml }) => rule_id !== undefined || yaml !== undefined, 'send rule_id or yaml'),
    response: z.object({
      results: z.array(caseResult),
      passed: z.number().int(),
      failed: z.number().int(),
      problems: z.array(ruleProblemWire),
    }),
  }),
  getRuleCases: route({
    method: 'GET',
    path: '/api/v1/sigma/rules/{rule_id}/cases',
    tag: 'Sigma',
    summary: 'Cases beside a rule, each tried on its present text',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    params: ruleParams,
    response: ruleCasesWire,
  }),
  putRuleCases: route({
    method: 'PUT',
    path: '/api/v1/sigma/rules/{rule_id}/cases',
    tag: 'Sigma',
    summary: 'Replace the saved cases of a rule',
    description: 'Cases that ship with the rule stay beside them. An empty list removes the saved ones.',
    examples: [{ body: { cases: [{ name: 'whoami', expect: 'match', event: { EventID: 1 } }] } }],
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: ruleParams,
    body: z.object({ cases: z.array(ruleCase).max(MAX_CASES) }),
    response: ruleCasesWire,
  }),
  ruleVocabulary: route({
    method: 'GET',
    path: '/api/v1/sigma/vocabulary',
    tag: 'Sigma',
    summary: 'Words for writing rules: keys, modifiers, logsources, fields, tags',
    description: 'Fields and counts come from stored events and are at most a minute old.',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    response: ruleVocabularyWire,
  }),
};
