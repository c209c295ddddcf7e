import { expect, test } from 'vitest';
import { parseLine } from './line.ts';

const options = { nowMs: Date.UTC(2026, 0, 2) };

test.each([
  ['a JSON object', '{"message":"hello","level":"error"}', 'hello'],
  ['an indented JSON object', '  {"message":"hello"}', 'hello'],
  ['syslog', '<13>Jan  1 00:00:00 web app[1]: hello', 'hello'],
  ['a broken object is text, not a loss', '{"message":"hel', '{"message":"hel'],
  ['two objects on a line are text, not half a loss', '{"a":1}{"b":2}', '{"a":1}{"b":2}'],
  ['plain text', 'something happened', 'something happened'],
])('%s', (_, line, message) => {
  const outcome = parseLine(Buffer.from(line), options);
  expect(outcome.ok && outcome.event.message).toContain(message);
});
