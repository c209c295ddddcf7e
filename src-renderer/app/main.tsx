import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './tokens.css';
import './base.css';
import './mantine-overrides.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { callApi } from '../api/client.ts';
import { startSession } from '../api/session.ts';
import { App } from './App.tsx';

/** Trades the one-time set-up token for an access token. */
async function exchange(setupToken: string): Promise<string> {
  const answer = await callApi('setup', { body: { setup_token: setupToken } });
  return answer.access_token;
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
await startSession(exchange);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
