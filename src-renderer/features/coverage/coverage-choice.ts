import type { SearchParams } from '../../workbench/search-params.ts';

export const MODES = ['rules', 'fired', 'data', 'gap'] as const;

/** What the shade of a cell says. */
export type CoverageMode = (typeof MODES)[number];

export const FIRED_WINDOWS = ['all', '24h', '7d', 'recency'] as const;

/** Which fires count; `recency` shades by how long ago the last one was. */
export type FiredWindow = (typeof FIRED_WINDOWS)[number];

/** Which rules count. Nothing chosen means every one. */
export interface RuleChoice {
  readonly statuses: readonly string[];
  readonly origins: readonly string[];
  readonly kinds: readonly string[];
  readonly enabled: 'true' | 'false' | null;
}

export interface MatrixChoice {
  readonly mode: CoverageMode;
  readonly window: FiredWindow;
  readonly text: string;
  /** Hide cells that the mode has nothing to say of. */
  readonly onlyMarked: boolean;
  readonly allOpen: boolean;
  /** Keys (tactic and technique) of the techniques that somebody unfolded. */
  readonly open: ReadonlySet<string>;
  readonly rules: RuleChoice;
  /** Ids of groups and software whose techniques are wanted. */
  readonly threats: readonly string[];
  /** Ids of imported layers that lie over the grid, in the order of their letters. */
  readonly layers: readonly string[];
  readonly expression: string | null;
}

/** The choice that an address holds. */
export function choiceOf(params: SearchParams, open: ReadonlySet<string>): MatrixChoice {
  return {
    mode: MODES.find((mode) => mode === params.mode) ?? 'rules',
    window: FIRED_WINDOWS.find((window) => window === params.window) ?? 'all',
    text: params.q ?? '',
    onlyMarked: params.covered === 'true',
    allOpen: params.subs === 'true',
    open,
    rules: {
      statuses: listOf(params.status),
      origins: listOf(params.origin),
      kinds: listOf(params.kind),
      enabled: params.enabled === 'true' || params.enabled === 'false' ? params.enabled : null,
    },
    threats: listOf(params.threats),
    layers: listOf(params.layers),
    expression: params.expression ?? null,
  };
}

/** A list as the address holds it; undefined, which removes it, when empty. */
export function listParam(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(',');
}

function listOf(value: string | undefined): readonly string[] {
  return value === undefined || value === '' ? [] : value.split(',');
}
