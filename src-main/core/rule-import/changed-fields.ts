import { isDeepStrictEqual } from 'node:util';
import { parseYaml } from '../../platform/yaml.ts';

/**
 * Parts of a rule that two texts say differently, by name. None when only comments and layout differ. Collections of
 * several documents are compared document by document.
 */
export function changedFields(before: string, after: string): readonly string[] {
  const old = mapsOf(before);
  const now = mapsOf(after);
  const names = new Set<string>();
  for (let index = 0; index < Math.max(old.length, now.length); index += 1) {
    const [left, right] = [old[index] ?? {}, now[index] ?? {}];
    for (const name of [...Object.keys(left), ...Object.keys(right)]) {
      if (!isDeepStrictEqual(left[name], right[name])) names.add(name);
    }
  }
  return [...names];
}

function mapsOf(yaml: string): readonly Readonly<Record<string, unknown>>[] {
  const outcome = parseYaml(yaml, Infinity);
  if (!outcome.ok) return [];
  return outcome.documents.map((document) =>
    typeof document === 'object' && document !== null ? { ...document } : {},
  );
}
