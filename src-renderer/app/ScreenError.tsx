import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from '../ui/ErrorState.tsx';

/** A fault of one screen stays in that screen; sidebar, palette and the other screens go on. */
export function ScreenError({ error, reset }: ErrorComponentProps) {
  return <ErrorState title="This screen failed" error={error} onRetry={reset} />;
}
