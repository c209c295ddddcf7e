import { describe, expect, it } from 'vitest';
import { baseName, importName, outcomeSummary, progressText, type FileOutcome } from './import-words.ts';

function file(outcome: FileOutcome) {
  return {
    path: 'a',
    format: null,
    outcome,
    reason: null,
    size_bytes: 1,
    sha256: null,
    events: 0,
    rejected: 0,
  };
}

describe('baseName', () => {
  it.each([
    ['/evidence/case-7/Security.evtx', 'Security.evtx'],
    ['C:\\logs\\web.log', 'web.log'],
    ['/evidence/folder/', 'folder'],
    ['plain', 'plain'],
    ['/', '/'],
  ])('%s: %s', (path, expected) => expect(baseName(path)).toBe(expected));
});

describe('importName', () => {
  it.each([
    [[], 'Import'],
    [['/a/b.log'], 'b.log'],
    [['/a/b.log', '/c', '/d'], 'b.log and 2 more'],
  ])('%j: %s', (paths, expected) => expect(importName({ paths })).toBe(expected));
});

describe('outcomeSummary', () => {
  it('names what happened and nothing else, harmless first', () => {
    expect(outcomeSummary([file('failed'), file('ok'), file('ok'), file('empty')])).toBe(
      '2 read, 1 empty, 1 failed',
    );
    expect(outcomeSummary([])).toBe('no files');
  });
});

describe('progressText', () => {
  it('leaves out what is not known', () => {
    const progress = {
      current_file: 'a',
      bytes_total: 2048,
      bytes_done: 1024,
      events: 10,
      rejected: 0,
      events_per_second: 500,
      bytes_per_second: 1,
      eta_seconds: null,
    };
    expect(progressText(progress)).toBe('1.0 KiB of 2.0 KiB · 10 events · 500 ev/s');
    expect(progressText({ ...progress, rejected: 2, eta_seconds: 3 })).toContain('2 not understood');
    expect(progressText({ ...progress, eta_seconds: 3 })).toContain('about 3 s left');
  });
});
