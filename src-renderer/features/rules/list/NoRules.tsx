import { Button } from '@mantine/core';
import { formatNoun } from '../../../lib/numbers.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';

interface NoRulesProps {
  readonly total: number;
  readonly rejectedCount: number;
  readonly onShowProblems: () => void;
  readonly onClear: () => void;
}

/** Why no rule is shown: none are loaded, or the filters leave none. */
export function NoRules({ total, rejectedCount, onShowProblems, onClear }: NoRulesProps) {
  if (total > 0) {
    return (
      <EmptyState
        cause="filtered-out"
        title="The filters leave no rules"
        actions={<Button onClick={onClear}>Clear filters</Button>}
      >
        {formatNoun(total, 'rule')} are loaded, none of them match.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      cause="not-configured"
      title="No rules are loaded"
      actions={
        <>
          <LinkButton link={{ to: '/rules/new', search: {} }} primary>
            New rule
          </LinkButton>
          {rejectedCount > 0 && <Button onClick={onShowProblems}>Show what was not loaded</Button>}
        </>
      }
    >
      Write one, or name folders of Sigma rules in the setting rule_paths and start Harrier again.
    </EmptyState>
  );
}
