import type { VocabularyKey, VocabularyWord } from '../../../pipeline/rule-questions.ts';
import type { Level } from '#shared/model/severity.ts';

type Section = VocabularyKey['section'];

function keysOf(
  section: Section,
  words: readonly (readonly [string, string, 'required'?])[],
): VocabularyKey[] {
  return words.map(([name, description, required]) => ({
    name,
    description,
    section,
    required: required !== undefined,
  }));
}

/** Keys of rules, correlations and filters (specification 2.1.0), in the order in which SigmaHQ writes them. */
export const RULE_KEYS: readonly VocabularyKey[] = [
  ...keysOf('rule', [
    ['title', 'Short name of the rule, at most 256 characters.', 'required'],
    ['id', 'UUID that stays the same for the life of the rule.'],
    ['name', 'Short unique name by which correlations and filters can refer to the rule.'],
    ['related', 'Other rules that this one derives from, merges, renames, replaces or resembles.'],
    ['taxonomy', 'Set of field names that the rule uses; "sigma" when it is left out.'],
    ['status', 'How mature the rule is: stable, test, experimental, deprecated or unsupported.'],
    ['description', 'What the rule finds, and why that matters.'],
    ['license', 'SPDX identifier of the licence of the rule.'],
    ['references', 'Pages that the rule was written from.'],
    ['author', 'Who wrote the rule.'],
    ['date', 'Day on which the rule was written, YYYY-MM-DD.'],
    ['modified', 'Day on which its meaning last changed, YYYY-MM-DD.'],
    ['tags', 'Labels with a namespace, such as attack.t1059.001 or cve.2024-1234.'],
    ['logsource', 'Which logs the rule reads.', 'required'],
    ['detection', 'Selections of events, and the condition that joins them.', 'required'],
    ['fields', 'Fields that an analyst will want to see with an alert.'],
    ['falsepositives', 'Harmless activity that also matches.'],
    ['level', 'How urgent a match is: informational, low, medium, high or critical.'],
    ['scope', 'Kinds of machine that the rule is meant for.'],
    ['correlation', 'Makes the document a correlation: a pattern over matches of other rules.'],
    ['filter', 'Makes the document a filter: conditions that are added to other rules.'],
    ['generate', 'True when rules that a correlation refers to raise alerts of their own too.'],
  ]),
  ...keysOf('logsource', [
    ['category', 'Kind of event, whatever product wrote it: process_creation, proxy, dns.'],
    ['product', 'Product that wrote it: windows, linux, aws.'],
    ['service', 'Log of the product: security, sysmon, sshd, cloudtrail.'],
    ['definition', 'What has to be switched on for the events to be there; for people only.'],
  ]),
  ...keysOf('detection', [['condition', 'How the selections are joined.', 'required']]),
  ...keysOf('correlation', [
    ['type', 'What is counted or ordered: event_count, value_count, temporal and others.', 'required'],
    ['rules', 'Ids or names of the rules whose matches are looked at.', 'required'],
    ['group-by', 'Fields whose values keep matches apart.'],
    ['timespan', 'Length of the window, as 30s, 5m, 1h or 2d.', 'required'],
    ['condition', 'Threshold, such as gte: 10, and the field for types that look at values.'],
    ['aliases', 'One name for a field that the rules call differently.'],
    ['generate', 'True when the rules raise alerts of their own too.'],
  ]),
  ...keysOf('filter', [
    ['rules', 'Ids or names of the rules that the filter is added to, or "any".', 'required'],
    ['condition', 'What a match must also fulfil; exclusions are written "not selection".', 'required'],
  ]),
];

/** Words of `status` (specification, "status"). */
export const STATUSES: readonly VocabularyWord[] = [
  { name: 'stable', description: 'Used in production for long enough that few false alarms are expected.' },
  { name: 'test', description: 'Mostly stable; may need tuning to its surroundings.' },
  { name: 'experimental', description: 'New; may raise many false alarms, or miss.' },
  { name: 'deprecated', description: 'Replaced by another rule, which "related" names.' },
  { name: 'unsupported', description: 'Cannot be run in its present form.' },
];

/** Words of `level` (specification, "level"). */
export const LEVEL_WORDS: readonly { readonly name: Level; readonly description: string }[] = [
  { name: 'informational', description: 'Context for other alerts; nobody has to look.' },
  { name: 'low', description: 'Notable, rarely an incident by itself.' },
  { name: 'medium', description: 'To be looked at when time allows.' },
  { name: 'high', description: 'To be looked at soon; rare on a quiet network.' },
  { name: 'critical', description: 'To be looked at now; almost certainly an incident.' },
];

/** Forms of a condition (specification, "condition"). */
export const CONDITION_WORDS: readonly VocabularyWord[] = [
  { name: 'and', description: 'Both sides hold. Binds tighter than or.' },
  { name: 'or', description: 'At least one side holds.' },
  { name: 'not', description: 'What follows does not hold.' },
  { name: '1 of selection*', description: 'At least one of the selections whose name fits holds.' },
  { name: 'all of selection*', description: 'Every selection whose name fits holds.' },
  { name: '1 of them', description: 'At least one selection holds; names that begin with _ do not count.' },
  { name: 'all of them', description: 'Every selection holds; names that begin with _ do not count.' },
];
