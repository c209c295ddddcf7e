import { expect, it, test } from 'vitest';
import type { EvidenceFormat } from '../pipeline/parsing.ts';
import { detectFormat, evidenceFormats } from './formats.ts';

it.each<[string, string | Uint8Array, string | null]>([
  ['a Windows event log', 'ElfFile\0\0\0\0\0', 'evtx'],
  ['a carved chunk of one', 'ElfChnk\0\x01\0\0\0', 'evtx'],
  ['JSON lines', '{"a":1}\n{"a":2}\n', 'json'],
  ['a JSON array', '[\n  {\n    "a": 1', 'json'],
  ['JSON in UTF-16', Buffer.from('\ufeff{"a":1}\r\n', 'utf16le'), 'json'],
  ['syslog with priorities', '<34>Oct 11 22:14:15 h p: {"a":1}\n', 'syslog'],
  ['/var/log/messages', 'Oct 11 22:14:15 h p: m\n', 'syslog'],
  ['audit.log', 'type=SYSCALL msg=audit(1.1:1): a=b\n', 'syslog'],
  ['prose', 'Dear diary,\n', null],
  ['nothing', '', null],
  ['a program', 'MZ\x90\0', null],
])('%s', (_, head, expected) => {
  const bytes = typeof head === 'string' ? Buffer.from(head, 'latin1') : head;
  expect(detectFormat(bytes)?.name ?? null).toBe(expected);
});

test('the surest format wins, whatever the order', () => {
  const [first] = evidenceFormats;
  const sure = (name: string, score: number): EvidenceFormat => ({
    name,
    source: 'json',
    probe: () => score,
    open: (options) => first!.open(options),
  });
  expect(detectFormat(new Uint8Array(1), [sure('a', 0.2), sure('b', 0.9), sure('c', 0.5)])?.name).toBe('b');
});
