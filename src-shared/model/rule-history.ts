/**
 * What may happen to a rule. `found` is the text of a file when it was first edited here; `reverted` gives that
 * file's text back.
 */
export const RULE_ACTIONS = [
  'found',
  'created',
  'imported',
  'edited',
  'restored',
  'reverted',
  'deleted',
  'enabled',
  'disabled',
  'level',
] as const;

export type RuleAction = (typeof RULE_ACTIONS)[number];
