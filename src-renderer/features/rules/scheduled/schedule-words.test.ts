import { describe, expect, it } from 'vitest';
import { parseQuery } from '#shared/query/parser.ts';
import { queryWords, scheduleWords } from './schedule-words.ts';

describe('scheduleWords', () => {
  it.each([
    [true, 30, 'every 30 min'],
    [true, 90, 'every 1 h 30 min'],
    [true, 1440, 'every 1 d'],
    [false, 30, 'on demand'],
  ])('%s, %d: %s', (schedule_enabled, schedule_interval_minutes, words) => {
    expect(scheduleWords({ schedule_enabled, schedule_interval_minutes })).toBe(words);
  });
});

describe('queryWords', () => {
  it.each([
    ['powershell OR pwsh', null, 'powershell OR pwsh'],
    ['powershell OR pwsh', 'ws-042', '(powershell OR pwsh) AND host:"ws-042"'],
    ['', 'a "b"', 'host:"a \\"b\\""'],
    ['', null, ''],
  ])('%j on %j: %s', (query, host, words) => {
    expect(queryWords({ query, host })).toBe(words);
    if (words !== '') expect(parseQuery(words).ok).toBe(true);
  });
});
