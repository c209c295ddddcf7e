import type { CommandRegistry } from '../workbench/commands.ts';

/** Feeds key presses to the registry; the returned function stops it. */
export function listenForKeys(registry: CommandRegistry, window: Window): () => void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const focused = window.document.activeElement;
    const used = registry.press(event, { focused, inField: takesText(focused) }, event.timeStamp);
    if (used) event.preventDefault();
  }
  window.addEventListener('keydown', onKeyDown);
  return () => {
    window.removeEventListener('keydown', onKeyDown);
  };
}

const TEXTLESS_INPUTS = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'file', 'color']);

function takesText(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !TEXTLESS_INPUTS.has(element.type);
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLElement && element.isContentEditable)
  );
}
