import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentTypeOf, isAllowedReference, isOwnPage, resolvePageFile } from './addresses.ts';

const ROOT = join('/', 'opt', 'harrier', 'dist', 'renderer');

describe('addresses', () => {
  test.each([
    ['app://harrier/', true],
    ['app://harrier/events?q=1#x', true],
    ['app://harrier.evil/', false],
    ['app://evil/harrier', false],
    ['app://user@harrier/', false],
    ['https://harrier/', false],
    ['http://127.0.0.1:8080/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('own page: %s is %s', (address, own) => {
    expect(isOwnPage(address)).toBe(own);
  });

  test.each([
    ['https://attack.mitre.org/techniques/T1059/', true],
    ['https://github.com/SigmaHQ/sigma', true],
    ['http://attack.mitre.org/', false],
    ['https://attack.mitre.org.evil.example/', false],
    ['https://evil.example/?https://attack.mitre.org', false],
    ['https://attack.mitre.org@evil.example/', false],
    ['https://user:secret@attack.mitre.org/', false],
    ['https://attack.mitre.org:8443/', false],
    ['file:///c:/windows/system32/calc.exe', false],
    ['ms-msdt:/id', false],
    ['javascript:alert(1)', false],
  ])('reference: %s is %s', (address, allowed) => {
    expect(isAllowedReference(address)).toBe(allowed);
  });

  test.each([
    ['app://harrier/', 'index.html'],
    ['app://harrier/alerts/01J', 'index.html'],
    ['app://harrier/assets/main.js', join('assets', 'main.js')],
    ['app://harrier/a/../assets/main.js', join('assets', 'main.js')],
    ['app://harrier/../../../package.json', 'package.json'],
  ])('page file: %s is %s', (address, file) => {
    expect(resolvePageFile(address, ROOT)).toBe(join(ROOT, file));
  });

  test.each([
    'app://harrier/..%2f..%2fpackage.json',
    'app://harrier/%2e%2e%2f%2e%2e%2fpackage.json',
    'app://harrier/..%5c..%5cpackage.json',
    'app://harrier/index.html%00.js',
    'app://harrier/c:%2fwindows%2fwin.ini',
    'app://harrier/%zz.js',
    'app://evil/index.html',
  ])('no page file: %s', (address) => {
    expect(resolvePageFile(address, ROOT)).toBeNull();
  });

  test('no address leads out of the folder of the page', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '/',
      '\\',
      '%5c',
      'a.js',
      '%00',
      ':',
      'x',
      '~',
      '%25',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const file = resolvePageFile(`app://harrier/${parts.join('')}`, ROOT);
        expect(file === null || file.startsWith(`${ROOT}/`)).toBe(true);
      }),
    );
  });

  test('content types are never guessed', () => {
    expect(contentTypeOf('/a/main.js')).toBe('text/javascript; charset=utf-8');
    expect(contentTypeOf('/a/evil.exe')).toBe('application/octet-stream');
  });
});
