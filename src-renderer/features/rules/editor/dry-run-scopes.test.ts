import { expect, it } from 'vitest';
import { firstScope, scopeQuery } from './dry-run-scopes.ts';

it.each([
  ['24h', { since: '24h' }],
  ['all', { since: '1970-01-01T00:00:00Z' }],
  ['import:01HZX', { import_id: '01HZX' }],
])('%s asks for %j', (scope, expected) => {
  expect(scopeQuery(scope)).toEqual(expected);
});

it('begins with the last day only when it has events', () => {
  const now = Date.parse('2026-05-13T12:00:00Z');
  expect(firstScope('2026-05-13T01:00:00Z', now)).toBe('24h');
  expect(firstScope('2025-03-11T18:00:00Z', now)).toBe('all');
  expect(firstScope(null, now)).toBe('all');
});
