import type { Logger } from '../telemetry/logger.ts';

type Stop = () => unknown;

/** What has been opened and how to close it: last opened, first closed. One failing stop does not hold up the rest. */
export class StopStack {
  readonly #logger: Logger;
  readonly #stops: Stop[] = [];

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  push(stop: Stop): void {
    this.#stops.push(stop);
  }

  async run(): Promise<void> {
    for (const stop of this.#stops.splice(0).toReversed()) {
      try {
        await stop();
      } catch (error) {
        this.#logger.error({ error: String(error) }, 'Something did not close cleanly.');
      }
    }
  }
}
