import { afterAll, expect, test } from 'vitest';
import { NO_RULE_SETTINGS } from '../../pipeline/rule-settings.ts';
import { QuestionWorker } from './question-worker.ts';

const entry = new URL('../test-support/stalling-questions.ts', import.meta.url);
const worker = new QuestionWorker(entry);
afterAll(() => worker.stop());

function ask(yaml: string, limitMs = 30_000, signal?: AbortSignal) {
  const rules = {
    sources: [{ file: 'rule.yml', yaml }],
    ruleId: null,
    anyLogsource: false,
    settings: NO_RULE_SETTINGS,
  };
  const event = { kind: 'record', record: {}, logsource: null } as const;
  return worker.call('explain', { rules, event }, { limitMs, ...(signal && { signal }) });
}

test('a question that stalls ends at its limit, and the next one is answered by a new worker', async () => {
  const stalled = ask('stall', 300);
  const next = ask('fine');
  await expect(stalled).rejects.toMatchObject({ code: 'query_timeout' });
  expect(await next).toEqual({ ok: false, problems: [] });
});

test('a question that nobody waits for any more ends at once', async () => {
  const gone = new AbortController();
  const stalled = ask('stall', 30_000, gone.signal);
  gone.abort();
  await expect(stalled).rejects.toMatchObject({ code: 'not_ready' });
  expect(await ask('fine')).toEqual({ ok: false, problems: [] });
});

test('questions that pile up are refused, and stopping ends what runs', async () => {
  const stalled = Array.from({ length: 40 }, () => ask('stall').catch((error: unknown) => String(error)));
  await worker.stop();
  const answers = await Promise.all(stalled);
  expect(answers.filter((answer) => typeof answer === 'string' && answer.includes('too many'))).toHaveLength(
    8,
  );
  await expect(ask('fine')).rejects.toMatchObject({ code: 'not_ready' });
});
