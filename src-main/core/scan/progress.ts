import { visible } from '#shared/text/visible.ts';
import type { Clock } from '../../platform/clock.ts';

/** Redraws at most this often: faster only flickers. */
const REDRAW_MS = 100;
const BAR_WIDTH = 24;

/** Draws one line of progress with rate and time left; erases it when done. */
export interface Progress {
  update(state: { readonly bytesDone: number; readonly events: number; readonly file: string }): void;
  done(): void;
}

/** Draws with `write`, which gets carriage returns and erase codes: for terminals only. */
export function createProgress(bytesTotal: number, clock: Clock, write: (text: string) => void): Progress {
  const started = clock.monotonic();
  let drawn = -Infinity;
  return {
    update({ bytesDone, events, file }) {
      const now = clock.monotonic();
      if (now - drawn < REDRAW_MS) return;
      drawn = now;
      const seconds = Math.max(0.001, (now - started) / 1000);
      write(`\r\u001b[K${progressLine({ bytesDone, bytesTotal, events, seconds, file })}`);
    },
    done: () => write('\r\u001b[K'),
  };
}

/** No progress: for pipes and tests. */
export const noProgress: Progress = { update: () => undefined, done: () => undefined };

/** One line such as `[######------------------]  25%  12.3 MB/s  8,123 ev/s  eta 0:42  Security.evtx`. */
export function progressLine(state: {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly events: number;
  readonly seconds: number;
  readonly file: string;
}): string {
  const share = state.bytesTotal === 0 ? 1 : Math.min(1, state.bytesDone / state.bytesTotal);
  const filled = Math.round(share * BAR_WIDTH);
  const rate = state.bytesDone / state.seconds;
  const eta = rate > 0 ? (state.bytesTotal - state.bytesDone) / rate : 0;
  return [
    `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}]`,
    `${String(Math.floor(share * 100)).padStart(3)}%`,
    `${(rate / 1e6).toFixed(1)} MB/s`,
    `${Math.round(state.events / state.seconds).toLocaleString('en-US')} ev/s`,
    `eta ${minutes(eta)}`,
    visible(state.file.slice(-40)),
  ].join('  ');
}

function minutes(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
