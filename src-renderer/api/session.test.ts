// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { keepToken, refuseToken, startSession, takeSetupToken, useSession } from './session.ts';

function open(hash: string): void {
  window.history.replaceState(null, '', `/${hash}`);
}

describe('session', () => {
  beforeEach(() => {
    sessionStorage.clear();
    useSession.setState({ origin: '', token: null, needsSignIn: false });
    open('');
  });

  it('takes the set-up token out of the address, once', () => {
    open('#setup=one%2Btwo');
    expect(takeSetupToken(window.location, window.history)).toBe('one+two');
    expect(window.location.href).not.toContain('setup');
    expect(takeSetupToken(window.location, window.history)).toBeNull();
  });

  it('leaves a route alone', () => {
    open('#/events?q=setup=x');
    expect(takeSetupToken(window.location, window.history)).toBeNull();
    expect(window.location.hash).toBe('#/events?q=setup=x');
  });

  it('signs in by link and stays signed in over a reload', async () => {
    open('#setup=once');
    await startSession((setupToken) => Promise.resolve(`access-${setupToken}`));
    expect(useSession.getState().token).toBe('access-once');
    useSession.setState({ token: null });
    await startSession(() => Promise.reject(new Error('used')));
    expect(useSession.getState().token).toBe('access-once');
  });

  it('keeps a session that works when a link was used before', async () => {
    keepToken('good');
    open('#setup=used');
    await startSession(() => Promise.reject(new Error('used')));
    expect(useSession.getState()).toMatchObject({ token: 'good', needsSignIn: false });
  });

  it('asks to sign in when the link does not work, and after a refusal', async () => {
    open('#setup=bad');
    await startSession(() => Promise.reject(new Error('bad')));
    expect(useSession.getState().needsSignIn).toBe(true);
    keepToken('old');
    refuseToken();
    expect(useSession.getState()).toMatchObject({ token: null, needsSignIn: true });
    expect(sessionStorage.length).toBe(0);
  });
});
