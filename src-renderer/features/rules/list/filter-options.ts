import { RULE_KINDS } from '#shared/model/rule-kind.ts';
import type { FilterOption } from '../../../ui/FilterMenu.tsx';
import { KIND_WORDS, ORIGIN_WORDS } from './rule-words.ts';

/** Statuses of the specification, the most trusted first. */
const STATUSES = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];

/** Saved queries: a kind with a list of its own, because they have a clock and no log source. */
export const SCHEDULED_KIND = 'scheduled';

export const KIND_OPTIONS: readonly FilterOption[] = [
  ...RULE_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })),
  { value: SCHEDULED_KIND, label: 'Scheduled' },
];

/** What is filtered by less often: one menu for all of it. */
export const MORE_FILTERS = [
  {
    id: 'enabled',
    label: 'State',
    options: [
      { value: 'true', label: 'On' },
      { value: 'false', label: 'Off' },
    ],
  },
  {
    id: 'fired',
    label: 'Fired',
    options: [
      { value: 'true', label: 'Has fired' },
      { value: 'false', label: 'Never' },
    ],
  },
  { id: 'matches', label: 'Data', options: [{ value: 'never', label: 'None it could match' }] },
  { id: 'status', label: 'Status', options: STATUSES.map((value) => ({ value, label: value })) },
  {
    id: 'origin',
    label: 'Origin',
    options: Object.entries(ORIGIN_WORDS).map(([value, label]) => ({ value, label })),
  },
  { id: 'edited', label: 'Text', options: [{ value: 'true', label: 'Edited here' }] },
] as const;
