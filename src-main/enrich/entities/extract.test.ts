import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTITY_TYPES } from '#shared/model/entity.ts';
import type { Fields, LogSource } from '#shared/model/event.ts';
import type { ParsedEvent } from '../../pipeline/parsing.ts';
import { createEntityExtractor } from './extract.ts';
import { uuid5 } from './uuid5.ts';

const WINDOWS: LogSource = { category: null, product: 'windows', service: null };
const LINUX: LogSource = { category: null, product: 'linux', service: 'sshd' };

interface Given {
  readonly fields: Fields;
  readonly host?: string;
  readonly message?: string;
  readonly mapped?: Fields;
  readonly logsource?: LogSource;
}

function parsedEvent({ fields, host = '', message = 'text' }: Given): ParsedEvent {
  return {
    eventTs: 0,
    severity: 9,
    host,
    message,
    logsource: { category: null, product: null, service: null },
    fields,
    recordId: null,
    offset: 0,
    length: 0,
    flags: [],
  };
}

function entities(given: Given): string[] {
  const found = createEntityExtractor().extract(
    parsedEvent(given),
    given.mapped ?? null,
    given.logsource ?? WINDOWS,
  );
  return found.map(({ type, value }) => `${type}=${value}`);
}

describe('entities from fields', () => {
  it.each<[name: string, given: Given, expected: string[]]>([
    ['a user without domain, in lower case', { fields: { User: 'EXAMPLE\\Analyst' } }, ['user=analyst']],
    ['a user principal name', { fields: { TargetUserName: 'Analyst@example.test' } }, ['user=analyst']],
    [
      'accounts of the system',
      { fields: { User: 'NT AUTHORITY\\SYSTEM', SubjectUserName: 'DWM-1', AccountName: 'LocalSystem' } },
      [],
    ],
    [
      'a distinguished name',
      { fields: { MemberName: 'CN=Analyst,CN=Users,DC=example,DC=test' } },
      ['user=analyst'],
    ],
    ['a machine account', { fields: { TargetUserName: 'WS-014$' } }, ['user=ws-014$']],
    ['nothing', { fields: { User: '-', IpAddress: '-', WorkstationName: '' } }, []],
    [
      'loopback',
      { fields: { IpAddress: '127.0.0.1', SourceIp: '::1', DestinationIp: '0:0:0:0:0:0:0:1' } },
      [],
    ],
    ['an IPv4-mapped address', { fields: { IpAddress: '::ffff:192.0.2.7' } }, ['ipv4=192.0.2.7']],
    [
      'IPv6 in one spelling',
      { fields: { SourceIp: '2001:DB8:0:0:0:0:0:1', DestinationIp: 'fe80::1%eth0' } },
      ['ipv6=2001:db8::1', 'ipv6=fe80::1'],
    ],
    ['LOCAL is no address', { fields: { Address: 'LOCAL' } }, []],
    [
      'the host, once',
      { fields: { Computer: 'WS-014.example.test' }, host: 'ws-014.example.test' },
      ['host=ws-014.example.test'],
    ],
    ['a host given as an address', { fields: {}, host: '192.0.2.9' }, ['ipv4=192.0.2.9']],
    ['a domain', { fields: { QueryName: 'CDN.Example.TEST.' } }, ['domain=cdn.example.test']],
    ['a name of one label is no domain', { fields: { QueryName: 'wpad' } }, []],
    [
      'the far end: a host of our domain, a domain elsewhere',
      {
        fields: { DestinationHostname: 'DC-01.example.test', 'cs-host': 'files.example.net' },
        host: 'a.example.test',
      },
      ['host=dc-01.example.test', 'host=a.example.test', 'domain=files.example.net'],
    ],
    [
      'hashes without the import hash',
      { fields: { Hashes: `MD5=${'A'.repeat(32)},IMPHASH=${'B'.repeat(32)}` } },
      [`hash=${'a'.repeat(32)}`],
    ],
    [
      'process and file of an image',
      { fields: { Image: 'C:\\Windows\\System32\\CMD.exe', ProcessId: 42 }, host: 'WS-014' },
      ['host=ws-014', 'process=cmd.exe:42:ws-014', 'file=c:\\windows\\system32\\cmd.exe'],
    ],
    [
      'mapped names',
      { fields: { ProcessId: '0x10' }, mapped: { Image: 'C:\\a\\b.exe', ProcessId: 7 }, host: 'h' },
      ['host=h', 'process=b.exe:7:h', 'file=c:\\a\\b.exe'],
    ],
    [
      'DNS answers',
      { fields: { QueryResults: 'type:  5 a.example.test;::ffff:192.0.2.3;' } },
      ['ipv4=192.0.2.3'],
    ],
    [
      'a URL',
      { fields: { RemoteName: 'HTTP://Files.Example.Test/a#b' } },
      ['url=http://files.example.test/a'],
    ],
  ])('%s', (_name, given, expected) => {
    expect(entities(given)).toEqual(expected);
  });

  it('keeps at most 32 of one type', () => {
    const answers = Array.from({ length: 60 }, (_, index) => `192.0.2.${index + 1}`);
    expect(entities({ fields: { answers } })).toHaveLength(32);
  });
});

describe('entities from syslog text', () => {
  it.each<[message: string, expected: string[]]>([
    [
      'Failed password for invalid user admin from 198.51.100.7 port 4 ssh2',
      ['ipv4=198.51.100.7', 'user=admin'],
    ],
    ['Accepted publickey for svc-backup from 2001:db8::5 port 22', ['ipv6=2001:db8::5', 'user=svc-backup']],
    ['pam_unix(sshd:session): session opened for user analyst(uid=1000) by (uid=0)', ['user=analyst']],
    ['analyst : TTY=pts/0 ; PWD=/home ; USER=root ; COMMAND=/bin/sh', ['user=analyst', 'user=root']],
    ['(root) CMD (run-parts /etc/cron.hourly)', ['user=root']],
    ['authentication failure; rhost=192.0.2.4  user=root', ['ipv4=192.0.2.4', 'user=root']],
    ['version 1.2.3.4.5 started at 12:34:56', []],
  ])('%s', (message, expected) => {
    expect(entities({ fields: { program: 'x' }, message, logsource: LINUX })).toEqual(expected);
  });

  it('is not searched in Windows events', () => {
    expect(entities({ fields: { program: 'x' }, message: 'for user eve from 192.0.2.4' })).toEqual([]);
  });
});

describe('entity ids', () => {
  it('are version 5 UUIDs as RFC 9562 appendix A.4 computes them', () => {
    expect(uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('are the same for the same thing and stay so', () => {
    const found = createEntityExtractor().extract(
      parsedEvent({ fields: { User: 'A\\Analyst' } }),
      null,
      WINDOWS,
    );
    expect(found[0]?.uuid).toBe(uuid5('b0f6a1c2-5d0e-5e8f-9a37-3f1c2d4e5a60', 'user:analyst'));
  });

  it('hold for any fields and text: bounded, unique, known types, no exception', () => {
    const extractor = createEntityExtractor();
    const names = [
      'User',
      'IpAddress',
      'Hashes',
      'QueryName',
      'Image',
      'ProcessId',
      'c-uri',
      'answers',
      'cs-host',
    ];
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.constant(null),
      fc.array(fc.string()),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), fc.string(), (fields, message) => {
        const given = parsedEvent({ fields: { ...fields, program: 'p' }, host: message, message });
        const found = extractor.extract(given, null, LINUX);
        expect(new Set(found.map((entity) => entity.uuid)).size).toBe(found.length);
        for (const entity of found) {
          expect(ENTITY_TYPES).toContain(entity.type);
          expect(entity.value).not.toBe('');
        }
      }),
    );
  });
});
