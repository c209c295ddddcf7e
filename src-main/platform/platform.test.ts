import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createIds } from './ids.ts';
import { installPath } from './install-path.ts';
import { isLoopbackAddress } from './loopback.ts';

test('ids are ULIDs and sort in the order of their making', () => {
  const next = createIds();
  const ids = Array.from({ length: 2000 }, next);
  expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('what ships with Harrier is found from the sources', () => {
  expect(existsSync(installPath('package.json'))).toBe(true);
});

test.each([
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['192.0.2.1', false],
  ['127.0.0.1.example.test', false],
  ['127.0.0.999', false],
])('isLoopbackAddress(%s) is %s', (host, expected) => {
  expect(isLoopbackAddress(host)).toBe(expected);
});
