import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { RuleCase } from '../../pipeline/rule-questions.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import { installPath } from '../../platform/install-path.ts';
import { parseYaml } from '../../platform/yaml.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';

const logsource = z.object({
  category: z.string().optional(),
  product: z.string().optional(),
  service: z.string().optional(),
});
const record = z.record(z.string(), z.unknown());

/** Cases as the store keeps them; written by `saveOwnCases`. */
const storedCases = z.array(
  z.object({
    name: z.string(),
    expect: z.enum(['match', 'no_match']),
    record,
    logsource: logsource.nullable(),
  }),
);

/** Cases as they ship: `rules/cases`, whose README says what the members mean. */
const shippedFile = z.object({
  rule: z.string(),
  logsource: logsource.optional(),
  fires: z.array(record),
  silent: z.array(record),
});

/** Cases that ship beside a shipped rule, from the folder that mirrors the rules' own. None for other rules. */
export async function shippedCases({ id, origin, file }: LoadedRule): Promise<readonly RuleCase[]> {
  if (origin !== 'shipped') return [];
  const place = path.relative(installPath('rules', 'sigma'), file);
  const text = await readFile(installPath('rules', 'cases', place), 'utf8').catch(() => null);
  const outcome = text === null ? null : parseYaml(text);
  const parsed = shippedFile.safeParse(outcome?.ok === true ? outcome.documents[0] : null);
  // A rule without cases, or with cases of another rule, has none; the tests of the rules see to the shipped files.
  if (!parsed.success || parsed.data.rule !== id) return [];
  const { fires, silent, logsource: stated } = parsed.data;
  const caseOf = (expect: RuleCase['expect']) => (one: z.infer<typeof record>) => ({
    name: '',
    expect,
    record: one,
    logsource: statedOf(stated),
  });
  return [...fires.map(caseOf('match')), ...silent.map(caseOf('no_match'))];
}

/** Cases that were saved for a rule, and when; none and null when nobody saved any. */
export async function ownCases(
  reader: Pick<StoreReader, 'records'>,
  ruleId: string,
): Promise<{ readonly cases: readonly RuleCase[]; readonly updatedTs: number | null }> {
  const records = await reader.records('rule_cases');
  const found = records.find(({ name }) => name === ruleId);
  if (found === undefined) return { cases: [], updatedTs: null };
  const cases = storedCases.parse(JSON.parse(found.body));
  return {
    cases: cases.map((one) => ({
      ...one,
      logsource: one.logsource === null ? null : statedOf(one.logsource),
    })),
    updatedTs: found.updatedTs,
  };
}

/** Replaces the saved cases of a rule; an empty list removes them. */
export async function saveOwnCases(
  writer: Pick<StoreWriter, 'saveRecord' | 'deleteRecord'>,
  ruleId: string,
  saved: { readonly cases: readonly RuleCase[]; readonly updatedTs: number },
): Promise<void> {
  const { cases, updatedTs } = saved;
  if (cases.length === 0) await writer.deleteRecord('rule_cases', ruleId);
  else {
    const body = JSON.stringify(cases);
    await writer.saveRecord({ kind: 'rule_cases', name: ruleId, body, updatedTs });
  }
}

/** Without the parts that nobody stated: they must not hide what the record says. */
function statedOf(stated: z.infer<typeof logsource> | undefined): RuleCase['logsource'] {
  if (stated === undefined) return null;
  const { category, product, service } = stated;
  return {
    ...(category === undefined ? {} : { category }),
    ...(product === undefined ? {} : { product }),
    ...(service === undefined ? {} : { service }),
  };
}
