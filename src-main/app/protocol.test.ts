import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { answerPageRequest } from './protocol.ts';

// Loading the real package would look for its binary and download it.
vi.mock('electron', () => ({ protocol: {} }));

const root = mkdtempSync(join(tmpdir(), 'harrier-page-'));

beforeAll(() => {
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), '<title>Harrier</title>');
  writeFileSync(join(root, 'assets', 'main.js'), 'export {};');
});

afterAll(() => rmSync(root, { recursive: true }));

const get = (url: string, method = 'GET'): Promise<Response> => answerPageRequest({ method, url }, root);

describe('page server', () => {
  test('a screen of the page is index.html, with the content policy', async () => {
    for (const url of ['app://harrier/', 'app://harrier/alerts/1']) {
      const answer = await get(url);
      expect(await answer.text()).toBe('<title>Harrier</title>');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).toContain("connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*;");
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('files by type; what is missing or outside is 404, other methods 405', async () => {
    expect((await get('app://harrier/assets/main.js')).headers.get('content-type')).toContain(
      'text/javascript',
    );
    expect((await get('app://harrier/assets/none.js')).status).toBe(404);
    expect((await get('app://harrier/..%2f..%2fetc%2fpasswd.txt')).status).toBe(404);
    expect((await get('app://other/index.html')).status).toBe(404);
    expect((await get('app://harrier/', 'POST')).status).toBe(405);
  });
});
