import type { LogSource } from '#shared/model/event.ts';

/** What completion needs of the rest of the rule, read line by line: the text need not be valid YAML. */
export interface RuleOutline {
  readonly logsource: LogSource;
  /** Names under `detection` or `filter`, without `condition` and the like. */
  readonly selections: readonly string[];
}

const NOT_SELECTIONS = new Set(['condition', 'timeframe', 'rules']);

/** The outline of the document that has line `at` (from 0). */
export function outlineOf(lines: readonly string[], at: number): RuleOutline {
  const part = { product: null, category: null, service: null } as Record<keyof LogSource, string | null>;
  const selections: string[] = [];
  let section = '';
  let childIndent = 0;
  for (const line of documentAround(lines, at)) {
    const [, spaces = '', key = '', value = ''] = /^(\s*)([\w.-]+)\s*:\s*(.*)$/.exec(line) ?? [];
    if (key === '') continue;
    if (spaces === '') {
      section = key;
      childIndent = 0;
    } else if (childIndent === 0 || spaces.length === childIndent) {
      childIndent = spaces.length;
      if (section === 'logsource' && Object.hasOwn(part, key)) {
        part[key as keyof LogSource] = plain(value); // One of the three, as just checked.
      }
      if ((section === 'detection' || section === 'filter') && !NOT_SELECTIONS.has(key)) selections.push(key);
    }
  }
  return { logsource: part, selections };
}

function documentAround(lines: readonly string[], at: number): readonly string[] {
  const isBreak = (line: string) => line.startsWith('---');
  const before = lines.slice(0, at).findLastIndex(isBreak);
  const after = lines.slice(at).findIndex(isBreak);
  return lines.slice(before + 1, after < 0 ? undefined : at + after);
}

/** A scalar without quotes and comment, in lower case as log sources are; null when nothing is written. */
function plain(value: string): string | null {
  const text = value
    .replace(/\s+#.*$/, '')
    .replace(/^['"]|['"]$/g, '')
    .trim()
    .toLowerCase();
  return text === '' ? null : text;
}
