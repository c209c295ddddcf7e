import type { DetectionRule } from '#shared/model/detection-rule.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../telemetry/logger.ts';

/** Timers are set no further ahead, so that a system clock that is corrected is noticed within a minute. */
const MAX_WAIT_MS = 60_000;

export interface SchedulerOptions {
  readonly rules: () => readonly DetectionRule[];
  /** Runs a rule that is due and moves its next run on, whatever comes of it. */
  readonly run: (rule: DetectionRule) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Scheduler {
  /** Looks at the clock again: a rule was added, changed or removed. */
  wake(): void;
  /** Waits for the run in progress. */
  stop(): Promise<void>;
}

/** Runs rules when they are due, one at a time, the longest overdue first. */
export function startScheduler({ rules, run, clock, logger }: SchedulerOptions): Scheduler {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let stopped = false;

  function due(): readonly DetectionRule[] {
    return rules()
      .filter(({ nextRunTs }) => nextRunTs !== null)
      .sort((left, right) => (left.nextRunTs ?? 0) - (right.nextRunTs ?? 0));
  }

  function wake(): void {
    clearTimeout(timer);
    const [next] = due();
    if (stopped || running !== null || next?.nextRunTs === null || next === undefined) return;
    const waitMs = Math.min(Math.max(next.nextRunTs - clock.now(), 0), MAX_WAIT_MS);
    timer = setTimeout(tick, waitMs);
    timer.unref();
  }

  function tick(): void {
    const [next] = due();
    if (next?.nextRunTs === null || next === undefined || next.nextRunTs > clock.now()) {
      wake();
      return;
    }
    running = run(next)
      .catch((error: unknown) => {
        logger.error({ error: String(error), ruleId: next.id }, 'A scheduled detection could not be run.');
      })
      .finally(() => {
        running = null;
        wake();
      });
  }

  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
