import { describe, expect, it } from 'vitest';
import { formatAgo, formatSpan, formatTime, parseTime } from './time.ts';

const MOMENT = Date.parse('2026-07-01T23:30:15.042Z');

describe('formatTime', () => {
  it.each([
    ['UTC', '2026-07-01 23:30:15.042Z'],
    ['Europe/Berlin', '2026-07-02 01:30:15.042+02:00'],
    ['Asia/Kolkata', '2026-07-02 05:00:15.042+05:30'],
    ['America/St_Johns', '2026-07-01 21:00:15.042-02:30'],
  ])('prints wall time and offset in %s', (zone, expected) => {
    expect(formatTime(MOMENT, zone)).toBe(expected);
    expect(formatTime('2026-07-01T23:30:15.042Z', zone)).toBe(expected);
  });

  it('cuts to the precision asked for and keeps the offset', () => {
    expect(formatTime(MOMENT, 'UTC', { precision: 'minute' })).toBe('2026-07-01 23:30Z');
    expect(formatTime(MOMENT, 'UTC', { precision: 'second', offset: false })).toBe('2026-07-01 23:30:15');
    expect(formatTime(MOMENT, 'UTC', { precision: 'day' })).toBe('2026-07-01');
  });

  it('names what it cannot print', () => {
    expect(formatTime('yesterday', 'UTC')).toBe('invalid time');
  });
});

describe('parseTime', () => {
  it.each([
    ['2026-07-02 01:30:15.042', 'Europe/Berlin', MOMENT],
    ['2026-07-01T23:30:15.042Z', 'Europe/Berlin', MOMENT],
    ['2026-07-02T01:30:15.042+0200', 'UTC', MOMENT],
    ['2026-07-01', 'UTC', Date.parse('2026-07-01T00:00:00Z')],
    ['2026-13-40', 'UTC', null],
    ['soon', 'UTC', null],
  ])('reads %s shown in %s', (text, zone, expected) => {
    expect(parseTime(text, zone)).toBe(expected);
  });

  it.each(['UTC', 'Europe/Berlin', 'America/New_York'])('reads back what was printed in %s', (zone) => {
    for (let month = 1; month <= 12; month += 1) {
      const at = Date.UTC(2026, month - 1, 15, 12, 34, 56, 789);
      expect(parseTime(formatTime(at, zone), zone)).toBe(at);
      expect(parseTime(formatTime(at, zone, { offset: false }), zone)).toBe(at);
    }
  });
});

describe('formatSpan and formatAgo', () => {
  it.each([
    [0, '0 ms'],
    [250, '250 ms'],
    [42_000, '42 s'],
    [8_040_000, '2 h 14 min'],
    [86_400_000 * 12, '12 d'],
  ])('%d ms is %s', (spanMs, expected) => {
    expect(formatSpan(spanMs)).toBe(expected);
  });

  it('says which side of now', () => {
    expect(formatAgo(1000, 61_000)).toBe('1 min ago');
    expect(formatAgo(61_000, 1000)).toBe('in 1 min');
    expect(formatAgo(1000, 1200)).toBe('now');
  });
});
