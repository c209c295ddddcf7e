import type { PipelineCommands } from '../../pipeline/commands.ts';
import type { RuleCases, RuleExplanation } from '../../pipeline/rule-questions.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';
import { NOW, sampleEvent, sampleRule } from './samples.ts';

const BROKEN: RuleProblem = {
  ...{ file: 'rule.yml', line: 3, column: 1, stage: 'yaml', severity: 'error' },
  ...{ message: 'Not YAML.', hint: 'Indent with spaces.' },
};

const RESULT = { matched: true, passed: true, summary: 'The rule matches the event.' };

const CASES: RuleCases = {
  cases: [
    {
      name: '',
      expect: 'match',
      record: { program: 'sshd' },
      logsource: { product: 'linux' },
      origin: 'shipped',
    },
  ],
  outcome: { ok: true, results: [RESULT] },
  updatedTs: null,
};

/** Answers about the sample rule and the sample event, in the shapes of the real ones. */
export function fakeQuestions(): PipelineCommands['questions'] {
  const place = { line: 1, column: 1 };
  const found = sampleEvent.message;
  const item = {
    ...{ field: 'message', modifiers: ['contains'], values: ['Failed'], valueCount: 1, exists: true },
    ...{ found: [found], holds: true, fitting: 'Failed', sentence: 'message contains "Failed".', ...place },
  };
  const selection = { name: 'selection', holds: true, role: 'needed' as const };
  const explanation: RuleExplanation = {
    ruleId: sampleRule.id,
    title: sampleRule.title,
    matched: true,
    summary: 'The rule matches the event.',
    logsource: {
      accepted: true,
      rule: sampleRule.logsource,
      event: sampleEvent.logsource,
      differences: [],
      resolvedFrom: 'program "sshd".',
    },
    conditions: [
      { text: 'selection', root: { kind: 'selection', holds: true, selection: 'selection', operands: [] } },
    ],
    selections: [{ ...selection, alternatives: [{ holds: true, items: [item] }] }],
    changes: [],
    excludedBy: [],
    filters: [],
  };
  return {
    explain: ({ rule }) =>
      rule.kind === 'yaml' && rule.yaml.includes('broken')
        ? Promise.resolve({ ok: false, problems: [BROKEN] })
        : Promise.resolve({ ok: true, kind: 'rule', explanation, event: sampleEvent }),
    test: (_rule, cases) => {
      const results = cases.map(({ expect }) => ({ ...RESULT, passed: expect === 'match' }));
      return Promise.resolve({ ok: true, results });
    },
    cases: () => Promise.resolve(CASES),
    saveCases: () => Promise.resolve({ ...CASES, updatedTs: NOW }),
    dryRun: () => {
      const report = { ruleId: sampleRule.id, examined: 2, matched: 1, elapsedMs: 3, limit: null };
      const byHour = [{ start: NOW, count: 1 }];
      return Promise.resolve({ ok: true, report: { ...report, sample: [sampleEvent], byHour } });
    },
    vocabulary: () =>
      Promise.resolve({
        ...{ keys: [], modifiers: [], conditions: [], logsources: [], seen: [], taxonomy: [] },
        ...{ statuses: [], levels: [], placeholders: [] },
      }),
  };
}
