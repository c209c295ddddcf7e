// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandRegistry, SEQUENCE_TIMEOUT_MS, type Command } from './commands.ts';
import { chordLabels, type KeyStroke } from './key-chord.ts';

const nowhere = { focused: null, inField: false };
const inField = { focused: null, inField: true };

function key(name: string, modifiers: Partial<KeyStroke> = {}): KeyStroke {
  return { key: name, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers };
}

function command(id: string, keys: string[], more: Partial<Command> = {}): Command & { run: () => void } {
  return { id, title: id, category: 'Test', keys, run: vi.fn(), ...more };
}

describe('CommandRegistry', () => {
  let registry: CommandRegistry;
  beforeEach(() => {
    registry = new CommandRegistry();
  });

  it.each([
    ['mod+k', key('k', { ctrlKey: true })],
    ['mod+k', key('k', { metaKey: true })],
    ['mod+shift+l', key('L', { ctrlKey: true, shiftKey: true })],
    ['shift+mod+l', key('L', { ctrlKey: true, shiftKey: true })],
    ['?', key('?', { shiftKey: true })],
    ['alt+1', key('¡', { altKey: true, code: 'Digit1' })],
    ['shift+j', key('J', { shiftKey: true })],
    ['pagedown', key('PageDown')],
  ])('runs %s', (keys, stroke) => {
    const it = command('x', [keys]);
    registry.register([it]);
    expect(registry.press(stroke, nowhere, 0)).toBe(true);
    expect(it.run).toHaveBeenCalledOnce();
  });

  it('runs a sequence, and forgets its first step after a while', () => {
    const alerts = command('go.alerts', ['g a']);
    const assign = command('assign', ['a']);
    registry.register([alerts, assign]);
    registry.press(key('g'), nowhere, 0);
    registry.press(key('a'), nowhere, 100);
    expect(alerts.run).toHaveBeenCalledOnce();
    registry.press(key('g'), nowhere, 1000);
    registry.press(key('a'), nowhere, 1000 + SEQUENCE_TIMEOUT_MS + 1);
    expect(alerts.run).toHaveBeenCalledOnce();
    expect(assign.run).toHaveBeenCalledOnce();
  });

  it('types in a field instead of running a command', () => {
    const next = command('next', ['j']);
    const palette = command('palette', ['mod+k'], { inFields: true });
    registry.register([next, palette]);
    expect(registry.press(key('j'), inField, 0)).toBe(false);
    expect(registry.press(key('k', { ctrlKey: true }), inField, 0)).toBe(true);
  });

  it('needs the focus inside the list, and then ignores the switch for character keys', () => {
    const list = document.createElement('div');
    const row = list.appendChild(document.createElement('div'));
    const next = command('next', ['j'], { within: () => list });
    registry.register([next, command('help', ['?'])]);
    registry.characterKeys = false;
    expect(registry.press(key('j'), { focused: document.body, inField: false }, 0)).toBe(false);
    expect(registry.press(key('j'), { focused: row, inField: false }, 0)).toBe(true);
    expect(registry.press(key('?', { shiftKey: true }), nowhere, 0)).toBe(false);
  });

  it('lets the latest owner of a key have it, and gives it back', () => {
    const back = command('back', ['escape']);
    const close = command('close', ['escape']);
    registry.register([back]);
    const remove = registry.register([close]);
    registry.press(key('Escape'), nowhere, 0);
    remove();
    registry.press(key('Escape'), nowhere, 0);
    expect(close.run).toHaveBeenCalledOnce();
    expect(back.run).toHaveBeenCalledOnce();
  });

  it('passes on a key whose command is not enabled', () => {
    registry.register([command('off', ['x'], { enabled: () => false })]);
    expect(registry.press(key('x'), nowhere, 0)).toBe(false);
  });
});

describe('chordLabels', () => {
  it.each([
    ['mod+k', ['Ctrl', 'K']],
    ['g a', ['g', 'a']],
    ['shift+j', ['Shift', 'J']],
    ['?', ['?']],
    ['escape', ['Esc']],
  ])('%s', (keys, labels) => {
    expect(chordLabels(keys, false)).toEqual(labels);
  });
});
