import type { Detection } from '#shared/model/alert.ts';
import type { Entity } from '#shared/model/entity.ts';
import type { FieldValue, LogEvent } from '#shared/model/event.ts';
import type { CommitBatch } from '../../pipeline/batch.ts';
import { toColumns } from '../../pipeline/columns.ts';
import { createIds } from '../../platform/ids.ts';

/** Makes the same numbers for the same seed (mulberry32), so that a failing test fails again. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const HOSTS = ['DC-01', 'dc-02', 'web01.example.org', 'WIN-Ä1', ''];
const USERS = ['jsmith', 'root', 'SYSTEM', 'Jörg', "o'brien", 'svc_sql$', '100%', 'a_b'];
const IMAGES = [
  'C:\\Windows\\System32\\cmd.exe',
  'C:\\Temp\\mimikatz.exe',
  'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
];
const ADDRESSES = ['10.0.1.4', '10.0.1.42', '203.0.113.7', '2001:db8::1', '::ffff:10.0.1.4', 'localhost'];
const COMMANDS = ['powershell -enc SQBFAFgA', 'whoami /all', 'echo "50% off" & del *.tmp', 'cat a\tb\nc', ''];

/** Start of the sample's time: events follow each second, some of them in the same millisecond. */
export const SAMPLE_START = Date.UTC(2026, 0, 15, 8);

/** `count` events as several sources would send them: awkward quotes, wildcards, cases, types and gaps. */
export function sampleEvents(count: number, seed = 1): LogEvent[] {
  const random = seededRandom(seed);
  const newId = createIds();
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T; // Never empty.
  return Array.from({ length: count }, (_, index) => {
    const user = pick(USERS);
    const address = pick(ADDRESSES);
    const isProcess = random() < 0.5;
    const fields: Record<string, FieldValue> = isProcess
      ? {
          EventID: random() < 0.5 ? 4688 : '4688',
          NewProcessName: pick(IMAGES),
          CommandLine: pick(COMMANDS),
          User: user,
        }
      : {
          EventID: pick([4624, 4625, 4634, 4625.5]),
          TargetUserName: user,
          IpAddress: address,
          nested: { zone: pick(['dmz', 'lan']), ports: [22, 443] },
        };
    if (random() < 0.1) fields['odd "name"'] = pick([true, false, null, -0.5, 1e21, ['x', 'Y*z']]);
    const host = pick(HOSTS);
    return {
      id: newId(),
      eventTs: SAMPLE_START + Math.floor(index / 3) * 1000,
      observedTs: SAMPLE_START + index * 1000 + 5,
      source: pick(['evtx', 'syslog', 'json'] as const),
      sourceId: pick(['imp_a', 'imp_b', 'syslog-udp']),
      severity: 1 + Math.floor(random() * 24),
      host,
      message: isProcess
        ? `Process ${String(index)} started by ${user}`
        : `Failed password for ${user} from ${address} port ${String(1000 + index)} ssh2`,
      logsource: isProcess
        ? { category: 'process_creation', product: 'windows', service: null }
        : { category: null, product: pick(['linux', 'Windows']), service: 'sshd' },
      fields,
      mapped: isProcess ? { Image: fields.NewProcessName ?? null } : null,
      entities: [entity('user', user), entity('host', host)].filter(({ value }) => value !== ''),
      attack:
        random() < 0.2 ? { tactic: 'credential-access', technique: pick(['T1110', 'T1110.001']) } : null,
      raw: random() < 0.3 ? new TextEncoder().encode(`raw ${String(index)}`) : null,
      evidence:
        random() < 0.5
          ? {
              evidenceId: 'ab'.repeat(32),
              path: 'case/Security.evtx',
              offset: index * 100,
              length: 100,
              recordId: index,
            }
          : null,
      peer: random() < 0.3 ? '192.0.2.1:514' : null,
      flags: random() < 0.2 ? ['truncated', 'time_assumed'] : [],
    };
  });
}

function entity(type: Entity['type'], value: string): Entity {
  const hex = Buffer.from(`${type}:${value}`).toString('hex').padEnd(32, '0').slice(-32);
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  );
  return { type, value, uuid };
}

/** A detection of `ruleId` in `event`, grouped by host. */
export function sampleDetection(event: LogEvent, ruleId = 'rule-1'): Detection {
  return {
    ruleId,
    ruleKind: 'sigma',
    title: `Title of ${ruleId}`,
    level: 'high',
    author: 'Harrier',
    tags: ['attack.t1110'],
    attack: { tactic: 'credential-access', technique: 'T1110.001' },
    eventId: event.id,
    eventTs: event.eventTs,
    entities: event.entities,
    dedupKey: `sigma:${ruleId}:${event.host}`,
    matched: [{ selection: 'selection', fields: [{ field: 'EventID', value: '4625', pattern: '4625' }] }],
  };
}

/** A batch of events as one source's worker sends it, with balanced counters. */
export function sampleBatch(events: readonly LogEvent[], detections: readonly Detection[] = []): CommitBatch {
  const counts = new Map<string, number>();
  for (const { sourceId } of events) counts.set(sourceId, (counts.get(sourceId) ?? 0) + 1);
  const counters = [...counts].map(([sourceId, received]) => ({
    sourceId,
    received,
    rejected: {},
    dropped: {},
  }));
  return { events: toColumns(events), detections, offsets: [], counters, rejects: [] };
}
