import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { startLive } from '../api/live.ts';
import { queryClient } from '../api/queries.ts';
import { useSession } from '../api/session.ts';
import { router } from './router.tsx';
import { SignIn } from './SignIn.tsx';
import { styleNonce } from './style-nonce.ts';
import { theme, variablesResolver } from './theme.ts';

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <Stream />
        <RouterProvider router={router} />
        <SignIn />
        <Notifications position="bottom-center" limit={3} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Holds the stream open while somebody is signed in; a new credential opens a new one. */
function Stream() {
  const token = useSession((session) => session.token);
  const needsSignIn = useSession((session) => session.needsSignIn);
  useEffect(() => {
    if (needsSignIn) return undefined;
    return startLive(queryClient);
  }, [token, needsSignIn]);
  return null;
}
