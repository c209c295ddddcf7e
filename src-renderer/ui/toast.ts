import { notifications } from '@mantine/notifications';
import { createElement } from 'react';
import { UndoMessage } from './UndoMessage.tsx';

/** Long enough to read and undo; ALR-9 asks for 10 s. */
const UNDO_MS = 10_000;
const NOTE_MS = 4000;

/** Says in passing that something was done. Errors never come as toasts: they stay where they happened. */
export function toast(message: string): void {
  notifications.show({ message, autoClose: NOTE_MS, withCloseButton: false });
}

/** The last offer; only one stands at a time, so that quick work does not bury the list under them. */
let undoId: string | null = null;

/** Says what changed and offers to take it back (key `z` where the screen registers it). */
export function toastWithUndo(message: string, undo: () => void): void {
  if (undoId !== null) notifications.hide(undoId);
  const id = `undo-${Date.now()}`;
  undoId = id;
  notifications.show({
    id,
    message: createElement(UndoMessage, {
      message,
      onUndo: () => {
        notifications.hide(id);
        undo();
      },
    }),
    autoClose: UNDO_MS,
    withCloseButton: false,
  });
}
