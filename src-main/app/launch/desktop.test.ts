import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { electronBinary, whyNoWindow } from './desktop.ts';

describe('whyNoWindow', () => {
  const linux = { platform: 'linux', environment: { DISPLAY: ':0' }, isRoot: false, arguments: [] } as const;

  test.each([
    { name: 'X11', here: linux, why: null },
    { name: 'Wayland', here: { ...linux, environment: { WAYLAND_DISPLAY: 'wayland-0' } }, why: null },
    { name: 'no display', here: { ...linux, environment: {} }, why: 'there is no display' },
    { name: 'empty display', here: { ...linux, environment: { DISPLAY: '' } }, why: 'there is no display' },
    { name: 'root', here: { ...linux, isRoot: true }, why: 'Electron does not run as root' },
    { name: 'root, asked for', here: { ...linux, isRoot: true, arguments: ['--no-sandbox'] }, why: null },
    { name: 'macOS', here: { ...linux, platform: 'darwin', environment: {} }, why: null },
    { name: 'Windows', here: { ...linux, platform: 'win32', environment: {} }, why: null },
  ] as const)('$name', ({ here, why }) => {
    const answer = whyNoWindow(here);
    if (why === null) expect(answer).toBeNull();
    else expect(answer).toContain(why);
  });
});

describe('electronBinary', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'harrier-electron-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('null without a record, null without the file, then its path', () => {
    const packageFile = join(folder, 'package.json');
    expect(electronBinary(packageFile, undefined)).toBeNull();
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(electronBinary(packageFile, undefined)).toBeNull();
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', 'electron'), '');
    expect(electronBinary(packageFile, undefined)).toBe(join(folder, 'dist', 'electron'));
  });

  test('a dist folder of the analyst is used, and nothing else', () => {
    const packageFile = join(folder, 'package.json');
    const own = join(folder, 'own');
    expect(electronBinary(packageFile, own)).toBeNull();
    mkdirSync(own);
    writeFileSync(join(own, 'electron'), '');
    expect(electronBinary(packageFile, own)).toBe(join(own, 'electron'));
  });
});
