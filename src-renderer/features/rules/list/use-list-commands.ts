import { useNavigate } from '@tanstack/react-router';
import type { RefObject } from 'react';
import type { RuleWire } from '#shared/contract/sigma.ts';
import { useCommands } from '../../../workbench/use-commands.ts';
import type { RuleChanges } from '../use-rules.ts';

/** Screens that belong to the rules, in the order of the menu. */
export const RULE_PLACES = [
  { to: '/rules/new', label: 'New rule' },
  { to: '/rules/import', label: 'Import rules' },
  { to: '/rules/explain', label: 'Test a rule on an event' },
  { to: '/rules/placeholders', label: 'Value lists' },
  { to: '/rules/pipelines', label: 'Pipelines' },
] as const;

interface ListCommands {
  readonly screen: RefObject<HTMLElement | null>;
  readonly current: () => RuleWire | undefined;
  readonly setEnabled: RuleChanges['setEnabled'];
}

/** Keys of the list that are about its focused rule, and what the palette offers here. */
export function useListCommands({ screen, current, setEnabled }: ListCommands): void {
  const navigate = useNavigate();
  const onCurrent = (run: (rule: RuleWire) => void) => () => {
    const rule = current();
    if (rule !== undefined) run(rule);
  };
  useCommands([
    {
      id: 'rules.toggle',
      title: 'Switch the rule on or off',
      category: 'Rules',
      keys: ['e'],
      within: () => screen.current,
      run: onCurrent((rule) => setEnabled(rule, !rule.enabled)),
    },
    ...RULE_PLACES.map(({ to, label }) => ({
      id: `rules.go${to}`,
      title: label,
      category: 'Rules',
      run: () => void navigate({ to }),
    })),
  ]);
}
