import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '#shared/model/event.ts';
import { compileTest } from '#shared/query/evaluate.ts';
import { printQuery } from '#shared/query/printer.ts';
import { compileRules } from '../compile-rules.ts';
import { engineOf, eventOf, ruleOf } from '../testing/events.ts';

const CONTEXT = { nowMs: 0, regex: () => () => false };

/** Whether the prefilter lets the event pass. */
function passes(detection: string, fields: Fields, message = 'm'): boolean {
  return compileTest(engineOf(detection).prefilter(), CONTEXT)(eventOf(fields, { message }));
}

function matches(detection: string, fields: Fields, message = 'm'): boolean {
  return engineOf(detection).detect([eventOf(fields, { message })]).length > 0;
}

describe('a prefilter', () => {
  it('asks for the logsource, the fields and what their values contain', () => {
    const node = engineOf("s: {Image|endswith: '\\cmd.exe', EventID: 1}\ncondition: s").prefilter();
    expect(node === null ? '' : printQuery(node)).toBe(
      `product:'windows' Image:*cmd.exe* EventID:(1, "+*1*", 0x*1, "[*1*")`,
    );
  });

  it.each([
    ['A|contains: kiss', { A: 'a KIſS b' }],
    ['A|contains: sk', { A: 'ſ\u212a' }],
    ['A: 4688', { A: '0x1250' }],
    ['A: 4688', { A: '+4688' }],
    ['A: 4688', { A: [[4688]] }],
    ["A: '04688'", { A: 4688 }],
    ['A.B|contains: abc', { A: [{ B: 'xabcx' }] }],
    ['A.B: 4688', { A: [{ B: 4688 }] }],
    ["A|contains: 'a\\b\"c'", { A: [['a\\b"c']] }],
    ['source: x', { source: 'x' }],
    ['A: null', {}],
    ["A|re: '^x'", { A: 'xy' }],
    ['A|exists: true', { A: null }],
  ])('lets pass what the rule matches: %s of %j', (item, fields) => {
    const detection = `s: {${item}}\ncondition: s`;
    expect(matches(detection, fields)).toBe(true);
    expect(passes(detection, fields)).toBe(true);
  });

  it.each([
    ['s: {A|contains: abc}\ncondition: s', { A: 'xyz' }],
    ['s: {A|contains|all: [abc, xyz]}\ncondition: s', { A: 'xyz' }],
    ['s: {A: 4688}\nt: {B: 1}\ncondition: s and t', { A: 4624, B: 1 }],
    ["s: ['mimikatz']\ncondition: s", { A: 'nothing' }],
  ])('excludes what cannot match: %s', (detection, fields) => {
    expect(passes(detection, fields)).toBe(false);
  });

  it.each([
    ['{category: network, service: connection}', 'network_connection', 'sysmon'],
    ['{category: network, service: dns, product: windows}', 'dns_query', 'sysmon'],
    ['{category: network}', 'firewall', 'iptables'],
    ['{category: registry_event}', 'registry_set', 'sysmon'],
    ['{category: network, service: connection}', 'network', 'connection'],
  ])('lets pass the events that the logsource %s reads: %s', (logsource, category, service) => {
    const rule = ruleOf(`title: T\nid: t\nlogsource: ${logsource}\ndetection: {s: {A: x}, condition: s}\n`);
    const engine = compileRules({ rules: [rule] }, { anyLogsource: false });
    const event = eventOf({ A: 'x' }, { logsource: { category, product: 'windows', service } });
    expect(engine.detect([event])).toHaveLength(1);
    expect(compileTest(engine.prefilter(), CONTEXT)(event)).toBe(true);
  });

  it('is open where an alternative says nothing', () => {
    expect(passes('s: {A: x}\nt: {B: y}\ncondition: s or not t', {})).toBe(true);
  });

  // Keywords are never empty: every event would have them.
  const word = fc.stringMatching(/^[aAkKſsS\u212aiİ0-4.\\"[\]é]{1,5}$/);
  const scalar = fc.oneof(word, fc.integer({ min: -20, max: 20 }), fc.constantFrom(null, true, 4688, 4.5));
  const value: fc.Arbitrary<unknown> = fc.oneof(scalar, fc.array(fc.oneof(scalar, fc.array(scalar))));
  const record = fc.record(
    { A: value, B: value, C: fc.array(fc.record({ D: value })) },
    { requiredKeys: [] },
  );
  const item = fc.record({
    field: fc.constantFrom('A', 'B', 'C.D', ''),
    modifier: fc.constantFrom('', '|contains', '|startswith', '|endswith', '|cased', '|neq', '|contains|all'),
    values: fc.array(fc.oneof(word, fc.integer({ min: -20, max: 20 }), fc.constant('a*k')), {
      minLength: 2,
      maxLength: 3,
    }),
  });
  const condition = fc.constantFrom('s', 's and t', 's or t', 's and not t', 'not s');

  it('never excludes what the engine matches', () => {
    fc.assert(
      fc.property(item, item, condition, record, (s, t, text, fields) => {
        const line = (name: string, { field, modifier, values }: typeof s): string => {
          const key =
            field === '' ? modifier.replace(/\|(?:startswith|endswith|cased|neq)/, '') : field + modifier;
          // A keyword that is in every text is refused.
          const words = field === '' ? values.map((one) => (one === '' ? 'a' : one)) : values;
          return `${name}: {${JSON.stringify(key)}: ${JSON.stringify(words)}}`;
        };
        const detection = `${line('s', s)}\n${line('t', t)}\ncondition: ${text}`;
        // The engine reads what JSON can say.
        const event = JSON.parse(JSON.stringify(fields)) as Fields;
        if (matches(detection, event)) expect(passes(detection, event)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
