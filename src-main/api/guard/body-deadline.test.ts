import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BODY_DEADLINE_MS, startBodyDeadline } from './body-deadline.ts';

function requestWith(headers: Readonly<Record<string, string>>): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return request;
}

describe('startBodyDeadline (reliability T16)', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it.each([{ 'content-length': '10' }, { 'transfer-encoding': 'chunked' }])(
    'drops a connection whose body drips: %j',
    (headers) => {
      const request = requestWith(headers);
      startBodyDeadline(request);
      vi.advanceTimersByTime(BODY_DEADLINE_MS - 1);
      expect(request.destroyed).toBe(false);
      vi.advanceTimersByTime(1);
      expect(request.destroyed).toBe(true);
    },
  );

  it('leaves a request alone that has no body, or whose body is here', () => {
    const bodyless = requestWith({});
    const complete = requestWith({ 'content-length': '10' });
    startBodyDeadline(bodyless);
    startBodyDeadline(complete);
    complete.emit('end');
    vi.advanceTimersByTime(BODY_DEADLINE_MS * 2);
    expect([bodyless.destroyed, complete.destroyed]).toEqual([false, false]);
  });
});
