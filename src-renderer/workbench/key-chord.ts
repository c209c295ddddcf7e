/**
 * Keys as text: `mod+k` (Ctrl, or Cmd on a Mac), `shift+j`, `alt+1`, `?`, and sequences with a space: `g a`.
 * A printed character stands for itself, so `?` needs no `shift+`.
 */
export interface KeyStroke {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** Physical key (`Digit1`): Alt changes the character on a Mac. */
  readonly code?: string;
}

/** Canonical text of a pressed key, comparable with one step of a command's keys. */
export function strokeText(stroke: KeyStroke): string {
  const digit = stroke.altKey ? /^Digit(\d)$/.exec(stroke.code ?? '')?.[1] : undefined;
  const key = digit ?? (stroke.key === ' ' ? 'space' : stroke.key.toLowerCase());
  const letterOrNamed = /^[a-z]$/.test(key) || key.length > 1;
  const parts = [
    ...(stroke.ctrlKey || stroke.metaKey ? ['mod'] : []),
    ...(stroke.altKey ? ['alt'] : []),
    ...(stroke.shiftKey && letterOrNamed ? ['shift'] : []),
    key,
  ];
  return parts.join('+');
}

/** The steps of a command's keys, in canonical order of modifiers. */
export function chordSteps(keys: string): readonly string[] {
  return keys.split(' ').map((step) => {
    const parts = step.toLowerCase().split('+');
    const key = parts.at(-1) === '' ? '+' : (parts.at(-1) ?? '');
    const modifiers = ['mod', 'alt', 'shift'].filter((name) => parts.slice(0, -1).includes(name));
    return [...modifiers, key].join('+');
  });
}

/** True for keys that type a character (WCAG 2.1.4): these need focus on a list, or can be switched off. */
export function isCharacterKey(step: string): boolean {
  return !step.startsWith('mod+') && !step.startsWith('alt+') && step.replace('shift+', '').length === 1;
}

const NAMES: Readonly<Record<string, string>> = {
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  enter: 'Enter',
  home: 'Home',
  end: 'End',
  space: 'Space',
  contextmenu: 'Menu',
  alt: 'Alt',
  shift: 'Shift',
};

/** Keys as a person reads them: `['Ctrl', 'K']`, or `['g', 'a']` for a sequence. */
export function chordLabels(keys: string, isMac: boolean): readonly string[] {
  return chordSteps(keys).flatMap((step) => {
    const parts = step === '+' ? ['+'] : step.split('+');
    const combined = parts.length > 1;
    return parts.map((part) => {
      if (part === 'mod') return isMac ? '⌘' : 'Ctrl';
      const name = NAMES[part];
      if (name !== undefined) return name;
      return combined || part.length > 1 ? part.toUpperCase() : part;
    });
  });
}
