import { setImmediate } from 'node:timers/promises';

/** How long work goes on before batches of events that wait get their turn. */
const TURN_MS = 10;

/** Made at the start of long work and awaited between its steps: lets the thread's other work run now and then. */
export function takingTurns(): () => Promise<void> {
  let endsMs = performance.now() + TURN_MS;
  return async () => {
    if (performance.now() < endsMs) return;
    await setImmediate();
    endsMs = performance.now() + TURN_MS;
  };
}
