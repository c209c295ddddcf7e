import { AppError } from '#shared/errors/app-error.ts';
import type { PipelineCommands } from '../../pipeline/commands.ts';
import type { CorrelationHolding, ImportedRule, ReloadReport } from '../../pipeline/rule-commands.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import { NOW, sampleRule } from './samples.ts';

const importedRule: ImportedRule = {
  file: 'rules.zip!a.yml',
  outcome: 'changed',
  ruleId: sampleRule.id,
  title: sampleRule.title,
  changedFields: ['detection'],
  reason: '',
  neverMatches: 'No event had the logsource linux.',
  problems: [],
};

const idleCorrelation: CorrelationHolding = {
  ruleId: 'many_failures',
  groups: 2,
  events: 5,
  waiting: 1,
  missingField: 0,
  notNumeric: 0,
  tooLate: 0,
  groupsEvicted: 0,
  eventsEvicted: 0,
  firings: 1,
};

const FIRST_LOAD: ReloadReport = { ts: NOW, trigger: 'start', durationMs: 12, error: null };

/** Test support: one rule; every change is answered as if it were kept. */
export function fakeRules(
  calls: { readonly name: string; readonly args: readonly unknown[] }[],
): PipelineCommands['rules'] {
  const patched = (change: Partial<LoadedRule>): LoadedRule => ({ ...sampleRule, ...change });
  return {
    list: () => [sampleRule],
    get: (id) => (id === sampleRule.id ? sampleRule : null),
    problems: () => [
      {
        file: 'broken.yml',
        line: 3,
        column: 1,
        stage: 'yaml',
        severity: 'error',
        message: 'Not YAML.',
        hint: 'Indent with spaces.',
      },
    ],
    check: (yaml) =>
      Promise.resolve({
        yaml: true,
        schema: !yaml.includes('broken'),
        compile: yaml.includes('broken') ? null : true,
        problems: [],
        ruleId: sampleRule.id,
        rules: [],
      }),
    create: (yaml) =>
      yaml.includes('broken')
        ? Promise.reject(new AppError('rule_invalid', { reason: 'no detection' }))
        : Promise.resolve(sampleRule),
    neverMatches: () => Promise.resolve(new Map([[sampleRule.id, 'No event had the logsource linux.']])),
    change: (ids, { enabled, level }) =>
      Promise.resolve(
        ids.map(() =>
          patched({
            ...(enabled === undefined ? {} : { enabled }),
            ...(level === undefined ? {} : { levelOverride: level }),
          }),
        ),
      ),
    engine: () =>
      Promise.resolve({
        loadedTs: NOW,
        lastReload: FIRST_LOAD,
        watched: [{ path: '/rules', how: 'events' }],
        items: 1,
        fields: 1,
        heapBytes: 4096,
        correlations: [idleCorrelation],
        correlationLimits: { groups: 10, groupEvents: 10, events: 100 },
      }),
    update: (id, { yaml }) =>
      id === sampleRule.id
        ? Promise.resolve({ ...sampleRule, yaml, original: { yaml: sampleRule.yaml, changed: false } })
        : Promise.reject(new AppError('not_found', { what: `The rule ${id}` })),
    remove: () => Promise.resolve(),
    restore: () => Promise.resolve(sampleRule),
    import: async (source) => {
      const body = source.kind === 'upload' ? source.body : [];
      let sizeBytes = 0;
      for await (const piece of body) sizeBytes += piece.length;
      calls.push({ name: 'importRules', args: [source.kind, sizeBytes] });
      return { files: 1, others: 0, rules: [importedRule], durationMs: 1 };
    },
    lastReload: () => FIRST_LOAD,
    reload: () => Promise.resolve(),
  };
}
