import { RuleRejected, type DetectionItem, type SigmaValue } from '../../document/rule.ts';
import type { Parameters } from '../parameters.ts';
import type { Transformation } from './transformation.ts';

/** Digits of each digest, to know a hash that does not say what it is. */
const BY_LENGTH: Readonly<Record<number, string>> = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256', 128: 'SHA512' };

/**
 * `hashes_fields`: splits Sysmon's field of hashes (`SHA1=...`, `MD5=...`) into one field for each algorithm, of
 * which one has to match.
 */
export function hashesFields(parameters: Parameters): Transformation {
  const algorithms = parameters.texts('valid_hash_algos');
  const prefix = parameters.optionalText('field_prefix') ?? '';
  const dropsName = parameters.flag('drop_algo_prefix');
  return (draft, scope) =>
    draft.replaceItems(scope.id, (item) => {
      if (!scope.acceptsItem(item) || !item.values.every((value) => typeof value === 'string')) return null;
      const byField = new Map<string, SigmaValue[]>();
      for (const value of item.values) {
        const { algorithm, hash } = splitHash(value);
        if (algorithm === null || !algorithms.includes(algorithm)) continue;
        const field = `${prefix}${dropsName ? '' : algorithm}`;
        byField.set(field, [...(byField.get(field) ?? []), hash]);
      }
      return splitItem(item, byField, algorithms);
    });
}

function splitItem(
  item: DetectionItem,
  byField: ReadonlyMap<string, readonly SigmaValue[]>,
  algorithms: readonly string[],
): readonly DetectionItem[] {
  if (byField.size === 0) {
    const message = `hashes_fields finds no hash of ${algorithms.join(', ')} in this field.`;
    throw new RuleRejected(item.path, message, 'Add the algorithm to valid_hash_algos.');
  }
  if (item.modifiers.includes('all') || item.modifiers.includes('neq')) {
    const message = 'hashes_fields cannot split a comparison with "all" or "neq".';
    throw new RuleRejected(item.path, message, 'Exclude the rule from the pipeline.');
  }
  return [...byField].map(([field, values]) => ({ ...item, field, values, isList: true }));
}

function splitHash(value: string): { readonly algorithm: string | null; readonly hash: string } {
  const named = /^\*?([A-Za-z0-9-]+)[=|](.*)$/s.exec(value);
  if (named !== null) return { algorithm: named[1]?.toUpperCase() ?? null, hash: named[2] ?? '' };
  return { algorithm: BY_LENGTH[value.replaceAll('*', '').length] ?? null, hash: value };
}
