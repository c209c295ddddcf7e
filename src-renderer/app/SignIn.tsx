import { Button, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { asApiError, type ApiError } from '../api/api-error.ts';
import { callApi } from '../api/client.ts';
import { keepToken, useSession } from '../api/session.ts';
import styles from './SignIn.module.css';

/**
 * Covers the page when the core refuses the credential. The page stays mounted underneath, so nothing that was
 * typed or selected is lost.
 */
export function SignIn() {
  const needsSignIn = useSession((session) => session.needsSignIn);
  return (
    <Modal
      opened={needsSignIn}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      title="Sign in to Harrier"
      size={440}
      overlayProps={{ backgroundOpacity: 0.7 }}
    >
      <SignInForm />
    </Modal>
  );
}

function SignInForm() {
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function signIn(): Promise<void> {
    setBusy(true);
    try {
      keepToken(await tokenFrom(token.trim()));
      await client.invalidateQueries();
    } catch (error) {
      setProblem(refusal(asApiError(error)));
    } finally {
      setBusy(false);
    }
  }

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void signIn();
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <p className={styles.text}>
        Harrier printed a one-time set-up token, or a link that holds it, when it started. Paste either one.
        Nothing on this page was lost.
      </p>
      <TextInput
        label="Set-up token"
        value={token}
        error={problem}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        classNames={{ input: styles.token ?? '' }}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <Button type="submit" variant="filled" loading={busy} disabled={token.trim() === ''}>
        Sign in
      </Button>
    </form>
  );
}

/** Why a set-up token was refused, and what to do; other problems speak for themselves. */
function refusal({ code, message }: ApiError): string {
  if (code === 'unauthenticated')
    return 'This is not the set-up token of this start. Copy it again from where Harrier printed it.';
  if (code === 'not_found')
    return 'The set-up token was used already or has expired: it works once, within 15 minutes. Start Harrier again for a new one.';
  return message;
}

/** Takes the token itself or the whole link with `#setup=`. */
async function tokenFrom(text: string): Promise<string> {
  const setupToken = /[#/]setup=([^&\s]+)/.exec(text)?.[1] ?? text;
  const answer = await callApi('setup', { body: { setup_token: decodeURIComponent(setupToken) } });
  return answer.access_token;
}
