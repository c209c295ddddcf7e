import type { SeenFields } from '../../detect/sigma/match/occurrence.ts';
import type { LogsourceFields } from '../../store/interface/field-census.ts';

/**
 * What stored events have had: every logsource, and the fields of the newest events of each. Says what could match
 * also before the first event of a new engine.
 */
export function seenInStore(census: readonly LogsourceFields[]): readonly SeenFields[] {
  return census.map(({ category, product, service, fields }) => {
    const names = new Set(fields.map(({ name }) => name));
    return { logsource: { category, product, service }, has: (field) => names.has(field) };
  });
}
