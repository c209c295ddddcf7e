import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ParsedEvent, ParseOutcome } from '../../pipeline/parsing.ts';
import { jsonFormat } from '../json/json-format.ts';
import { parseSyslog, syslogFormat } from './syslog-format.ts';

const NOW = Date.UTC(2026, 2, 1, 12);

function parsed(input: string | Uint8Array, nowMs = NOW): ParsedEvent {
  const outcome = parseSyslog(typeof input === 'string' ? Buffer.from(input) : input, { nowMs });
  if (!outcome.ok) throw new Error(outcome.rejection.reason);
  return outcome.event;
}

function read(bytes: Uint8Array, cuts: readonly number[] = []): ParseOutcome[] {
  const reader = syslogFormat.open({ nowMs: NOW });
  const at = [0, ...cuts, bytes.length];
  const pushed = at.slice(1).flatMap((to, index) => reader.push(bytes.subarray(at[index], to)));
  return [...pushed, ...reader.end()];
}

const iso = (event: ParsedEvent): string | null =>
  event.eventTs === null ? null : new Date(event.eventTs).toISOString();

describe('RFC 5424', () => {
  test('example 1 of the RFC', () => {
    const event = parsed(
      "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \ufeff'su root' failed for lonvick",
    );
    expect(iso(event)).toBe('2003-10-11T22:14:15.003Z');
    expect(event).toMatchObject({
      host: 'mymachine.example.com',
      message: "'su root' failed for lonvick",
      severity: 18,
      flags: [],
      logsource: { product: 'linux', service: 'auth' },
      fields: { facility: 'auth', severity: 'crit', program: 'su', msgid: 'ID47' },
    });
    expect(event.fields).not.toHaveProperty('pid');
  });

  test('structured data: escapes, repeated names, several elements', () => {
    const event = parsed(
      '<165>1 - - evntslog 8710 - [a@1 x="1" x="2" e="q\\"b\\]s\\\\n\\n" empty=""][b@2] text [not data]',
    );
    expect(event.fields.sd).toEqual({
      'a@1': { x: ['1', '2'], e: 'q"b]s\\n\\n', empty: '' },
      'b@2': {},
    });
    expect(event).toMatchObject({
      eventTs: null,
      host: '',
      message: 'text [not data]',
      fields: { pid: 8710 },
    });
  });

  it.each([
    ['2003-08-24T05:14:15.000003-07:00', '2003-08-24T12:14:15.000Z'],
    ['2003-08-24T05:14:15Z', '2003-08-24T05:14:15.000Z'],
    ['2003-08-24T05:14:15.1+05:30', '2003-08-23T23:44:15.100Z'],
  ])('time %s', (time, expected) => {
    expect(iso(parsed(`<165>1 ${time} 192.0.2.1 p 1 - - m`))).toBe(expected);
  });

  test('a relay that keeps the blank before the content of RFC 3164', () => {
    const line = '<38>1 2026-01-02T03:04:05Z web sshd - - -  Failed password for root';
    const outcome = parseSyslog(Buffer.from(line), { nowMs: 0 });
    expect(outcome.ok && outcome.event.message).toBe('Failed password for root');
    expect(outcome.ok && outcome.event.fields.message).toBe('Failed password for root');
  });

  test('malformed structured data stays in the message, flagged', () => {
    const event = parsed('<13>1 2026-01-01T00:00:00Z h p - - [action:"Drop"; x] m');
    expect(event).toMatchObject({ message: '[action:"Drop"; x] m', flags: ['malformed_structured_data'] });
  });

  test('__proto__ as a name of structured data', () => {
    const event = parsed('<13>1 - h p - - [__proto__ __proto__="x" polluted="1"] m');
    expect(Object.hasOwn(event.fields.sd as object, '__proto__')).toBe(true);
    expect('polluted' in {}).toBe(false);
  });
});

describe('RFC 3164 and what is sent under its name', () => {
  interface Expected {
    readonly time: string | null;
    readonly host?: string;
    readonly program?: string;
    readonly pid?: number;
    readonly message: string;
    readonly service?: string | null;
    readonly product?: string | null;
  }

  const linux = 'linux';

  it.each<[string, Expected]>([
    [
      '<34>Feb 11 22:14:15 mymachine su: failed',
      {
        time: '2026-02-11T22:14:15.000Z',
        host: 'mymachine',
        program: 'su',
        message: 'failed',
        product: linux,
        service: 'auth',
      },
    ],
    [
      'Feb  4 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; user=root',
      {
        time: '2026-02-04T15:16:01.000Z',
        host: 'combo',
        program: 'sshd',
        pid: 19939,
        message: 'authentication failure; user=root',
        product: linux,
        service: 'sshd',
      },
    ],
    [
      '2013-10-30T14:51:24.139258+01:00 srv sudo: root : TTY=pts/0',
      {
        time: '2013-10-30T13:51:24.139Z',
        host: 'srv',
        program: 'sudo',
        message: 'root : TTY=pts/0',
        product: linux,
        service: 'sudo',
      },
    ],
    [
      'Feb  4 10:00:00 mail postfix/smtpd[12]: connect from x',
      {
        time: '2026-02-04T10:00:00.000Z',
        host: 'mail',
        program: 'postfix/smtpd',
        pid: 12,
        message: 'connect from x',
        product: linux,
        service: 'syslog',
      },
    ],
    [
      '<30>Feb  4 10:00:00 systemd[1]: no host',
      {
        time: '2026-02-04T10:00:00.000Z',
        program: 'systemd',
        pid: 1,
        message: 'no host',
        product: linux,
        service: 'syslog',
      },
    ],
    [
      '<13>Feb  5 17:32:18 10.0.0.99 Use the BFG!',
      {
        time: '2026-02-05T17:32:18.000Z',
        host: '10.0.0.99',
        message: 'Use the BFG!',
        product: null,
        service: null,
      },
    ],
    [
      'Feb  5 17:32:18 combo last message repeated 3 times',
      {
        time: '2026-02-05T17:32:18.000Z',
        host: 'combo',
        message: 'last message repeated 3 times',
        product: null,
      },
    ],
    [
      'Oct  5 2018 10:52:19 fw1 x: y',
      { time: '2018-10-05T10:52:19.000Z', host: 'fw1', program: 'x', message: 'y' },
    ],
    [
      'Sat May  7 03:17:27 CDT 2011 h p: m',
      { time: '2011-05-07T08:17:27.000Z', host: 'h', program: 'p', message: 'm' },
    ],
    ['<14>no header at all', { time: null, message: 'no header at all', product: null }],
    ['<999>bad priority', { time: null, message: '<999>bad priority', product: null }],
    ['CRON[1]: only text', { time: null, message: 'CRON[1]: only text', product: null }],
    [
      '<189>45: router1: *Mar  1 02:46:11.123 UTC: %SYS-5-CONFIG_I: Configured from console',
      {
        time: '2026-03-01T02:46:11.123Z',
        host: 'router1',
        message: '%SYS-5-CONFIG_I: Configured from console',
        product: 'cisco',
        service: 'syslog',
      },
    ],
    [
      'Mar  1 10:00:00 core1 46: .Mar  1 09:59:58.1: %LINK-3-UPDOWN: Interface',
      {
        time: '2026-03-01T10:00:00.000Z',
        host: 'core1',
        message: '%LINK-3-UPDOWN: Interface',
        product: 'cisco',
      },
    ],
    ['%ASA-4-106023: Deny tcp', { time: null, message: '%ASA-4-106023: Deny tcp', product: 'cisco' }],
    [
      'Mar  1 10:00:00 r %PARSER-5-CFGLOG_LOGGEDCMD: User:a',
      {
        time: '2026-03-01T10:00:00.000Z',
        host: 'r',
        message: '%PARSER-5-CFGLOG_LOGGEDCMD: User:a',
        product: 'cisco',
        service: 'aaa',
      },
    ],
  ])('%s', (line, expected) => {
    const event = parsed(line);
    expect(iso(event)).toBe(expected.time);
    expect(event.host).toBe(expected.host ?? '');
    expect(event.fields.program).toBe(expected.program);
    expect(event.fields.pid).toBe(expected.pid);
    expect(event.message).toBe(expected.message);
    if (expected.product !== undefined) expect(event.logsource.product).toBe(expected.product);
    if (expected.service !== undefined) expect(event.logsource.service).toBe(expected.service);
  });

  it.each([
    ['a day ahead is this year', 'Mar  2 11:00:00', '2026-03-02T11:00:00.000Z'],
    ['more is last year', 'Mar  2 13:00:00', '2025-03-02T13:00:00.000Z'],
    ['December seen in March', 'Dec 31 23:59:59', '2025-12-31T23:59:59.000Z'],
    ['29 February is the last leap year', 'Feb 29 00:00:00', '2024-02-29T00:00:00.000Z'],
  ])('year: %s', (_, time, expected) => {
    const event = parsed(`<13>${time} h p: m`);
    expect(iso(event)).toBe(expected);
    expect(event.flags).toEqual(['time_assumed']);
  });

  test('New Year: a clock that runs ahead is not a year behind', () => {
    expect(iso(parsed('<13>Jan  1 00:00:05 h p: m', Date.UTC(2025, 11, 31, 23, 59)))).toBe(
      '2026-01-01T00:00:05.000Z',
    );
  });
});

describe('auditd', () => {
  test('a SYSCALL record: numbers stay, enriched names are there', () => {
    const event = parsed(
      'node=web1 type=SYSCALL msg=audit(1624643172.076:11843): arch=c000003e syscall=59 a0=25C81F0 pid=13331 ' +
        'comm="python3" exe="/usr/bin/python3" key=(null)\x1dARCH=x86_64 SYSCALL=execve AUID="root"',
    );
    expect(event).toMatchObject({
      eventTs: 1624643172076,
      host: 'web1',
      recordId: 11843,
      logsource: { product: 'linux', service: 'auditd' },
      flags: [],
      fields: { type: 'SYSCALL', a0: '25C81F0', exe: '/usr/bin/python3', SYSCALL: 'execve', AUID: 'root' },
    });
  });

  test('hexadecimal text is decoded in EXECVE and PROCTITLE', () => {
    const hex = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();
    const execve = parsed(`type=EXECVE msg=audit(1.001:2): argc=2 a0="sh" a1=${hex('rm -rf /')}`);
    expect(execve.fields).toMatchObject({ a0: 'sh', a1: 'rm -rf /' });
    const title = parsed(`type=PROCTITLE msg=audit(1.001:2): proctitle=${hex('sh\0-c\0id\0')}`);
    expect(title.fields.proctitle).toBe('sh -c id');
  });

  test('a nested msg, and records that came through syslog or the kernel log', () => {
    const login = parsed(
      `<85>Feb  4 10:00:00 web1 audispd: type=USER_LOGIN msg=audit(1600000000.123:9): pid=1 msg='op=login acct="root" res=failed'`,
    );
    expect(login).toMatchObject({ host: 'web1', eventTs: 1600000000123, flags: [] });
    expect(login.fields).toMatchObject({
      type: 'USER_LOGIN',
      op: 'login',
      acct: 'root',
      res: 'failed',
      facility: 'authpriv',
    });
    const kernel = parsed(
      'Jun 24 10:35:29 h kernel: [49787.970285] audit: type=1400 audit(1403598929.839:88986): apparmor="DENIED" name="/x"',
    );
    expect(kernel.fields).toMatchObject({ type: 'AVC', apparmor: 'DENIED', name: '/x' });
  });
});

describe('hostile and odd bytes', () => {
  test('NUL is shown, invalid UTF-8 replaced, both flagged', () => {
    const event = parsed(
      Buffer.concat([Buffer.from('<13>Feb  4 10:00:00 h p: a\0mimikatz'), Uint8Array.of(0xff)]),
    );
    expect(event.message).toBe('a\u2400mimikatz\ufffd');
    expect(event.flags).toEqual(['time_assumed', 'invalid_utf8', 'nul_replaced']);
  });

  test('line ends and NULs behind a message are no part of it; an empty one is rejected', () => {
    expect(parsed('<13>Feb  4 10:00:00 h p: m\r\n\0').message).toBe('m');
    expect(parseSyslog(Buffer.from(' \n'), { nowMs: NOW })).toMatchObject({
      ok: false,
      rejection: { reason: 'empty_message', offset: 0, length: 2 },
    });
  });

  test('a message of several lines is one event', () => {
    expect(parsed('<13>Feb  4 10:00:00 h p: one\n<13>two').message).toBe('one <13>two');
  });

  test('beyond 64 KiB: cut, marked, never inside a character', () => {
    const event = parsed(`<13>Feb  4 10:00:00 h p: ${'é'.repeat(40_000)}`);
    expect(event.flags).toEqual(['time_assumed', 'truncated']);
    expect(event.message).toMatch(/^é+$/);
    const [long, next] = read(
      Buffer.from(`Feb  4 10:00:00 h p: ${'x'.repeat(100_000)}\nFeb  4 10:00:00 h p: m\n`),
    );
    expect(long).toMatchObject({
      ok: true,
      event: { length: 100_021, flags: ['time_assumed', 'truncated'] },
    });
    expect(next).toMatchObject({ ok: true, event: { message: 'm', offset: 100_022 } });
  });

  const awkward = fc.string({
    unit: fc.constantFrom(
      '<13>',
      '1 ',
      '-',
      ' ',
      '[',
      ']',
      '"',
      '=',
      '\\',
      ':',
      '\n',
      '\r',
      '\0',
      'a',
      'Feb  4 10:00:00 ',
      '%A-1-B: ',
      '*',
      'type=X msg=audit(1.1:1): ',
      "'",
      'é',
    ),
    maxLength: 40,
  });

  test('any message is understood or rejected, never thrown', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      awkward.map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (input) => {
        const outcome = parseSyslog(input, { nowMs: NOW });
        if (outcome.ok) {
          expect(outcome.event.message).not.toBe('');
          expect(outcome.event.message).not.toMatch(/[\0\n]/);
        }
        syslogFormat.probe(input);
      }),
      { numRuns: 5000 },
    );
  });

  test('where a file is cut never shows', () => {
    fc.assert(
      fc.property(awkward, fc.array(fc.nat(60), { maxLength: 6 }), (text, cuts) => {
        const bytes = Buffer.from(text);
        const sorted = cuts.filter((cut) => cut <= bytes.length).sort((a, b) => a - b);
        expect(read(bytes, sorted)).toEqual(read(bytes));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('probe', () => {
  it.each<[string, boolean]>([
    ['<34>Oct 11 22:14:15 h p: m\n', true],
    ['Oct 11 22:14:15 h p: m\nOct 11 22:14:16 h p: m\n', true],
    ['2024-01-01T00:00:00Z h p: m\n', true],
    ['type=SYSCALL msg=audit(1.1:1): a=b\n', true],
    ['*Mar  1 18:46:11.123: %SYS-5-CONFIG_I: x\n', true],
    ['{"time":"Oct 11 22:14:15"}\n', false],
    ['Dear diary,\n\ntoday was quiet.\n', false],
    ['', false],
  ])('%j', (head, expected) => {
    expect(syslogFormat.probe(Buffer.from(head)) > 0).toBe(expected);
    if (expected)
      expect(syslogFormat.probe(Buffer.from(head))).toBeGreaterThan(jsonFormat.probe(Buffer.from(head)));
  });
});

const data = process.env.HARRIER_DATA ?? join(import.meta.dirname, '../../../../shared/data');

describe.skipIf(!existsSync(join(data, 'loghub')))('real logs (skipped without the data folder)', () => {
  it.each([
    ['Linux', 1992],
    ['OpenSSH', 2000],
  ])('loghub %s: every line has a time, and a program where it names one', (name, withProgram) => {
    const bytes = readFileSync(join(data, 'loghub', name, `${name}_2k.log`));
    const outcomes = read(bytes);
    const events = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.event] : []));
    expect(events).toHaveLength(2000);
    expect(events.every((event) => event.eventTs !== null && event.host !== '')).toBe(true);
    expect(events.filter((event) => event.fields.program !== undefined)).toHaveLength(withProgram);
    expect(syslogFormat.probe(bytes.subarray(0, 65_536))).toBe(0.8);
  });

  test('every sample line of the wazuh tests becomes an event', () => {
    const folder = join(data, 'syslog', 'wazuh-tests');
    const samples = readdirSync(folder).flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .flatMap((line) => /^log \d+ (?:pass|fail) *= *(.+)$/.exec(line)?.[1] ?? []),
    );
    expect(samples.length).toBeGreaterThan(500);
    for (const sample of samples) expect(parsed(sample).message).not.toBe('');
    const sshd = samples.filter((sample) => / sshd\[\d+\]: /.test(sample)).map((sample) => parsed(sample));
    expect(sshd.every((event) => event.logsource.service === 'sshd' && event.eventTs !== null)).toBe(true);
  });
});
