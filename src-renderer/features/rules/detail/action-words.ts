import type { RuleVersionWire } from '#shared/contract/rule-history.ts';

const WORDS: Readonly<Record<RuleVersionWire['action'], string>> = {
  found: 'Text of its file',
  created: 'Created',
  imported: 'Imported',
  edited: 'Edited',
  restored: 'Restored',
  reverted: 'Own text given back',
  deleted: 'Deleted',
  enabled: 'Switched on',
  disabled: 'Switched off',
  level: 'Level',
};

/** What an entry of the history says was done. */
export function actionWords({ action, level_override: level }: RuleVersionWire): string {
  if (action !== 'level') return WORDS[action];
  return level === null ? 'Level of the rule' : `Level ${level}`;
}
