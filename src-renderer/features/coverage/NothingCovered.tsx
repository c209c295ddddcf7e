import { Button } from '@mantine/core';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { rulesLink } from '../../workbench/links.ts';
import type { MatrixChoice } from './matrix.ts';

interface NothingCoveredProps {
  readonly choice: MatrixChoice;
  readonly onClear: () => void;
}

/** Why the grid has no cell: nothing is called so, or nothing is covered. */
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
      {choice.mode === 'fired'
        ? 'No rule with such a technique has fired yet.'
        : 'Names and ids of ATT&CK are searched.'}
    </EmptyState>
  );
}
