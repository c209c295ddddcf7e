import { Anchor } from '@mantine/core';

/** Text of a toast that can be taken back. */
export function UndoMessage({ message, onUndo }: { readonly message: string; readonly onUndo: () => void }) {
  return (
    <span>
      {message} ·{' '}
      <Anchor component="button" type="button" inherit onClick={onUndo}>
        Undo
      </Anchor>
    </span>
  );
}
