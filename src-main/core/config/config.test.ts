import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { installPath } from '../../platform/install-path.ts';
import { describeConfig } from './describe.ts';
import { loadConfig } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, 'config.yml');
  writeFileSync(path, text);
  return path;
}

test('defaults bind loopback, need a token, and keep receivers off', () => {
  expect(loadConfig(undefined)).toMatchObject({
    api_host: '127.0.0.1',
    api_auth_mode: 'required',
    bind_addr: '127.0.0.1',
    syslog_udp_enabled: false,
    syslog_tcp_enabled: false,
    file_paths: [],
  });
});

test('YAML and JSON both work, and the command line goes first', () => {
  expect(loadConfig(file('api_port: 9000\nfile_paths: [/var/log/x]\n'), { port: 0 })).toMatchObject({
    api_port: 0,
    file_paths: ['/var/log/x'],
  });
  expect(loadConfig(file('{"api_auth_mode": "disabled"}')).api_auth_mode).toBe('disabled');
  expect(loadConfig(file('')).api_port).toBe(8080);
});

describe('what cannot be used is refused with its reason', () => {
  test.each([
    ['a misspelt name', 'api_prot: 1', /api_prot/],
    ['a wrong type', 'api_port: high', /api_port/],
    ['a bad rate', 'api_list_rate_limit: often', /60\/minute/],
    ['broken YAML', 'a: [1', /config\.yml:\d+:\d+/],
    ['a list instead of settings', '- 1', /name: value/],
    ['an open API on the network', 'api_host: 0.0.0.0\napi_auth_mode: disabled', /loopback/],
    ['plain HTTP on the network', 'api_host: 0.0.0.0', /TLS/],
  ])('%s', (_, text, reason) => {
    expect(() => loadConfig(file(text))).toThrow(reason);
  });

  test('a file that is not there', () => {
    expect(() => loadConfig(join(folder, 'missing.yml'))).toThrow(/cannot be read/);
  });
});

test('docs/configuration.md says what the schema says', () => {
  const path = installPath('docs', 'configuration.md');
  if (process.env.UPDATE_DOCS === '1') writeFileSync(path, describeConfig());
  expect(readFileSync(path, 'utf8')).toBe(describeConfig());
});
