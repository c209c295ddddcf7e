import { Button } from '@mantine/core';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { rulesLink } from '../../workbench/links.ts';
import type { CoverageMode, MatrixChoice } from './coverage-choice.ts';

interface NothingCoveredProps {
  readonly choice: MatrixChoice;
  readonly onClear: () => void;
}

const REASONS: Readonly<Record<CoverageMode, string>> = {
  rules: 'No rule that passes the filters is mapped to a technique and enabled.',
  fired: 'No rule with such a technique fired in that time.',
  data: 'No enabled rule reads a log source that has sent events.',
  gap: 'No group, software or layer that wants a technique is chosen.',
};

/** Why the grid has no cell: nothing is called so, or nothing is marked. */
export function NothingCovered({ choice, onClear }: NothingCoveredProps) {
  return (
    <EmptyState
      cause="filtered-out"
      title={choice.text === '' ? 'No technique is left' : 'No technique is called so'}
      actions={
        <>
          <Button onClick={onClear}>Show all techniques</Button>
          <LinkButton link={rulesLink({})}>Open rules</LinkButton>
        </>
      }
    >
      {choice.text === '' ? REASONS[choice.mode] : 'Names and ids of ATT&CK are searched.'}
    </EmptyState>
  );
}
