import { chordSteps, isCharacterKey, strokeText, type KeyStroke } from './key-chord.ts';

/**
 * One thing a person can do. The palette, the shortcuts and the help overlay are all made from the registered
 * commands, so a key is written exactly once.
 */
export interface Command {
  /** `events.filter-for`. Registering the same id again hides the earlier one until the later is gone. */
  readonly id: string;
  readonly title: string;
  /** Group in palette and help: `Go to`, `View`, `Events`, ... */
  readonly category: string;
  /** First is shown; see key-chord.ts for how they are written. */
  readonly keys?: readonly string[];
  /** Element (a list, a chart) that must hold the focus; without it the command works anywhere. */
  readonly within?: () => Element | null;
  /** Also works while a text field has the focus. Only for keys that type nothing. */
  readonly inFields?: boolean;
  /** False keeps it out of the palette (moving in a list). */
  readonly inPalette?: boolean;
  /** False passes the key on to the next command or the browser. */
  readonly enabled?: () => boolean;
  readonly run: () => void;
}

/** Where a key was pressed. */
export interface KeyTarget {
  readonly focused: Element | null;
  readonly inField: boolean;
}

/** A sequence must be finished within this; Linear and GitHub use about a second. */
export const SEQUENCE_TIMEOUT_MS = 1200;

/** THE command registry. Later registrations win over earlier ones, so an open flyout owns Esc. */
export class CommandRegistry {
  #groups: readonly (readonly Command[])[] = [];
  readonly #listeners = new Set<() => void>();
  #commands: readonly Command[] = [];
  #pending: readonly string[] = [];
  #pendingSinceMs = 0;
  /** WCAG 2.1.4: character keys that work anywhere can be switched off. */
  characterKeys = true;

  /** Adds commands until the returned function is called. */
  register(commands: readonly Command[]): () => void {
    this.#groups = [...this.#groups, commands];
    this.#changed();
    return () => {
      this.#groups = this.#groups.filter((group) => group !== commands);
      this.#changed();
    };
  }

  /** Current commands, later registrations first, each id once. Stable until something changes. */
  list = (): readonly Command[] => this.#commands;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Finds and runs the command for a pressed key. Returns true when the key was used, as a command or as the
   * first step of a sequence, and must go no further.
   */
  press(stroke: KeyStroke, target: KeyTarget, nowMs: number): boolean {
    const step = strokeText(stroke);
    if (['control', 'meta', 'alt', 'shift'].includes(stroke.key.toLowerCase())) return false;
    const prefix = nowMs - this.#pendingSinceMs <= SEQUENCE_TIMEOUT_MS ? this.#pending : [];
    this.#pending = [];
    for (const pressed of prefix.length > 0 ? [[...prefix, step], [step]] : [[step]]) {
      const outcome = this.#match(pressed, target);
      if (outcome === 'none') continue;
      if (outcome === 'prefix') {
        this.#pending = pressed;
        this.#pendingSinceMs = nowMs;
      } else {
        outcome.run();
      }
      return true;
    }
    return false;
  }

  #match(pressed: readonly string[], target: KeyTarget): Command | 'prefix' | 'none' {
    let isPrefix = false;
    for (const command of this.#commands) {
      if (!this.#applies(command, target)) continue;
      for (const keys of command.keys ?? []) {
        const steps = chordSteps(keys);
        if (!pressed.every((step, index) => steps[index] === step)) continue;
        if (!this.#mayUse(command, steps, target)) continue;
        if (steps.length === pressed.length) return command;
        isPrefix = true;
      }
    }
    return isPrefix ? 'prefix' : 'none';
  }

  #applies(command: Command, target: KeyTarget): boolean {
    if (command.within !== undefined) {
      const scope = command.within();
      if (scope === null || target.focused === null || !scope.contains(target.focused)) return false;
    }
    return command.enabled?.() ?? true;
  }

  #mayUse(command: Command, steps: readonly string[], target: KeyTarget): boolean {
    const types = isCharacterKey(steps[0] ?? '');
    if (target.inField) return command.inFields === true && !types;
    return command.within !== undefined || !types || this.characterKeys;
  }

  #changed(): void {
    const seen = new Set<string>();
    this.#commands = this.#groups
      .flatMap((group) => group)
      .reverse()
      .filter((command) => !seen.has(command.id) && seen.add(command.id));
    for (const listener of this.#listeners) listener();
  }
}

/** The registry of this window. */
export const commands = new CommandRegistry();
