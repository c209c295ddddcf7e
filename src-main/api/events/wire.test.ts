import { expect, test } from 'vitest';
import { sampleEvent } from '../test-support/samples.ts';
import { eventDetailWire } from '#shared/contract/events.ts';
import { eventDetailToWire } from './wire.ts';

const utf16 = Buffer.from('Event', 'utf16le');

test.each([
  ['text', Buffer.from('caf\u00e9 \ud83e\udd85\tx\r\n'), 'caf\u00e9 \ud83e\udd85\tx\r\n'],
  [
    'coloured terminal output',
    Buffer.from('\u001b[31merror\u001b[0m: it is down'),
    '\u001b[31merror\u001b[0m: it is down',
  ],
  ['a stray NUL byte in a line', Buffer.from('GET /a\0mimikatz HTTP/1.1'), 'GET /a\0mimikatz HTTP/1.1'],
  ['bytes that are not UTF-8', Buffer.from('caf\u00e9', 'latin1'), 'caf\ufffd'],
  ['nothing', Buffer.alloc(0), ''],
  ['UTF-16, as in EVTX', utf16, null],
  ['control bytes', Buffer.from([0x2a, 0x2a, 0, 0, 1, 2, 3, 0x41]), null],
])('the original bytes of %s as text and for proof', (_, raw, text) => {
  const wire = eventDetailToWire(sampleEvent, raw);
  expect(wire.raw_text).toBe(text);
  expect(Buffer.from(wire.raw_base64 ?? '', 'base64')).toEqual(raw);
  expect(eventDetailWire.safeParse(wire).success).toBe(true);
});
