import { expect, test } from 'vitest';
import type { LogSource } from './event.ts';
import { acceptsLogsource } from './logsource.ts';

function source(text: string): LogSource {
  const [category = '*', product = '*', service = '*'] = text.split(' ');
  const part = (word: string): string | null => (word === '*' ? null : word);
  return { category: part(category), product: part(product), service: part(service) };
}

test.each([
  ['network * connection', 'network_connection windows sysmon', true],
  ['network * connection', 'network_connection zeek conn', true],
  ['network * connection', 'dns zeek dns', false],
  ['network * dns', 'dns zeek dns', true],
  ['network * dns', 'dns_query windows sysmon', true],
  ['network * *', 'firewall linux iptables', true],
  ['network * *', 'process_creation windows sysmon', false],
  ['network windows connection', 'network_connection zeek conn', false],
  ['network * constructor', 'dns zeek dns', false],
  ['network * connection', 'network * connection', true],
  ['* azure pim', '* azure riskdetection', true],
  ['* m365 threat_detection', '* m365 threat_management', true],
  ['* m365 threat_detection', '* azure threat_management', false],
])('a rule for %s reads %s: %s', (rule, event, expected) => {
  expect(acceptsLogsource(source(rule), source(event))).toBe(expected);
});
