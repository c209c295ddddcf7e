/** Where in a rule the cursor stands, read from the lines above it: the text need not be valid YAML. */
export interface YamlCursor {
  /** Keys from the document's root to the map or list that the cursor is in. */
  readonly path: readonly string[];
  /** Key of the line when the cursor is behind its colon; null while a key or a list item is typed. */
  readonly key: string | null;
  /** The cursor is in an item of a list. */
  readonly inList: boolean;
  /** What is typed of the key or value so far, without quotes, and where in the line it begins. */
  readonly typed: string;
  readonly typedFrom: number;
}

const LINE = /^(\s*)((?:-\s+)*)(.*)$/;
const KEY = /^(?:'([^']*)'|"([^"]*)"|([^\s#'"[{][^#]*?))\s*:(?:\s|$)/;

/** Lines are those above the cursor, the last one only up to it. Stops at the start of the document. */
export function cursorIn(linesBefore: readonly string[]): YamlCursor {
  const line = linesBefore.at(-1) ?? '';
  const { indent, dashes, rest } = partsOf(line);
  const own = keyOf(rest);
  const start = line.length - rest.length;
  const value = own === null ? rest : rest.slice(rest.indexOf(':', own.end) + 1);
  const typed = value.replace(/^\s*['"]?/, '');
  return {
    path: ancestors(linesBefore.slice(0, -1), indent + dashes.length, dashes !== '' ? indent : null),
    key: own?.name ?? null,
    inList: dashes !== '',
    typed,
    typedFrom:
      own === null && dashes === '' ? start + rest.length - typed.length : line.length - typed.length,
  };
}

interface LineParts {
  readonly indent: number;
  readonly dashes: string;
  readonly rest: string;
}

function partsOf(line: string): LineParts {
  const [, spaces = '', dashes = '', rest = ''] = LINE.exec(line) ?? [];
  return { indent: spaces.length, dashes: rest === '-' ? '-' : dashes, rest: rest === '-' ? '' : rest };
}

function keyOf(rest: string): { readonly name: string; readonly end: number } | null {
  const match = KEY.exec(rest);
  if (match === null) return null;
  return {
    name: match[1] ?? match[2] ?? match[3] ?? '',
    end: match[0].trimEnd().length - 1,
  };
}

/**
 * Keys of the lines that enclose one that is indented so far. A list may stand at the indent of its key, so an item
 * also belongs to a key at the indent of its dash.
 */
function ancestors(above: readonly string[], indent: number, dashAt: number | null): readonly string[] {
  const path: string[] = [];
  let limit = indent;
  let alsoAt = dashAt;
  for (let index = above.length - 1; index >= 0 && (limit > 0 || alsoAt !== null); index -= 1) {
    const line = above[index] ?? '';
    if (/^(---|\.\.\.)/.test(line)) break;
    if (/^\s*(#|$)/.test(line)) continue;
    const parts = partsOf(line);
    const key = keyOf(parts.rest);
    const at = parts.indent + parts.dashes.length;
    const encloses = at < limit || (alsoAt !== null && at === alsoAt && parts.dashes === '');
    if (key === null || !encloses) continue;
    path.unshift(key.name);
    limit = at;
    alsoAt = parts.dashes === '' ? null : parts.indent;
  }
  return path;
}
