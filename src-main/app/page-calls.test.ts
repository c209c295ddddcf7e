import { describe, expect, test, vi } from 'vitest';
import { PAGE_CALLS } from '#shared/ipc/channels.ts';
import type { PageCallHandlers } from '#shared/ipc/page-messages.ts';
import { answerPageCall, answerPageCalls, isTrustedSender, type CallSender } from './page-calls.ts';

const registered = vi.hoisted(() => new Map<string, unknown>());

vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, handler: unknown) => registered.set(channel, handler) },
}));

const handlers: PageCallHandlers = {
  session: () => Promise.resolve({ url: 'http://127.0.0.1:1', token: 't' }),
  openEvidence: () => Promise.resolve(['/a.evtx']),
  openEvidenceFolder: () => Promise.resolve([]),
  takeOpened: () => Promise.resolve([]),
  openReference: (url) => Promise.resolve(url.startsWith('https:')),
};

function from(url: string): CallSender {
  const mainFrame = { url };
  return { senderFrame: mainFrame, sender: { mainFrame } };
}

const page = from('app://harrier/alerts');

describe('page calls', () => {
  test('every channel of the contract is answered', () => {
    answerPageCalls(handlers);
    expect([...registered.keys()].sort()).toEqual(Object.values(PAGE_CALLS).sort());
  });

  test('the main frame of our page is answered', async () => {
    expect(await answerPageCall('session', handlers, page, [])).toEqual({
      url: 'http://127.0.0.1:1',
      token: 't',
    });
    expect(await answerPageCall('openReference', handlers, page, ['https://sigmahq.io/'])).toBe(true);
  });

  test.each<[string, CallSender]>([
    ['another page', from('https://evil.example/')],
    ['another host of our scheme', from('app://evil/')],
    ['a frame inside our page', { ...page, senderFrame: { url: 'app://harrier/' } }],
    ['a frame that is gone', { ...page, senderFrame: null }],
  ])('%s is refused', async (_name, sender) => {
    expect(isTrustedSender(sender)).toBe(false);
    await expect(answerPageCall('session', handlers, sender, [])).rejects.toThrow('The call was refused.');
  });

  test.each<[readonly unknown[]]>([
    [[]],
    [[1]],
    [['https://a', 'more']],
    [[{ toString: () => 'https://a' }]],
  ])('arguments outside the contract are refused: %j', async (args) => {
    await expect(answerPageCall('openReference', handlers, page, args)).rejects.toThrow(
      'The call was refused.',
    );
  });
});
