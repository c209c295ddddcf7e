import { randomUUID } from 'node:crypto';
import { AppError } from '#shared/errors/app-error.ts';
import type { Detection } from '#shared/model/alert.ts';
import type { DetectionRule, DetectionRuleText, Suppression } from '#shared/model/detection-rule.ts';
import type { LogEvent } from '#shared/model/event.ts';
import {
  MANUAL_MATCHES,
  type DetectionCommands,
  type DetectionLook,
  type DetectionRun,
  type SuppressionText,
} from '../../pipeline/detection-commands.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { criteriaTest, detectionFilter } from './detection-filter.ts';
import { lookFor, type Found } from './look.ts';
import { startScheduler, type Scheduler } from './scheduler.ts';
import { readRule, readSuppression, toRecord } from './stored.ts';
import { toDetection } from './to-detection.ts';

/** Ids of matches kept with a run: enough to open them, not a second copy of the result. */
const SAMPLE_IDS = 20;
const MINUTE_MS = 60_000;

export interface DetectionsOptions {
  readonly reader: Pick<StoreReader, 'records' | 'pageEvents' | 'newestStored'>;
  readonly writer: Pick<StoreWriter, 'saveRecord' | 'deleteRecord' | 'saveDetectionRun'>;
  /** Commits detections whose events are stored already; resolves to the number of alerts they touched. */
  readonly raise: (detections: readonly Detection[]) => Promise<number>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Detection rules with their scheduler running. */
export interface Detections extends DetectionCommands {
  stop(): Promise<void>;
}

export async function startDetections(options: DetectionsOptions): Promise<Detections> {
  const rules = (await options.reader.records('detection_rule')).map(readRule);
  const suppressions = (await options.reader.records('suppression')).map(readSuppression);
  return new DetectionDesk(options, rules, suppressions);
}

class DetectionDesk implements Detections {
  readonly #options: DetectionsOptions;
  readonly #rules: Map<string, DetectionRule>;
  readonly #suppressions: Map<string, Suppression>;
  readonly #scheduler: Scheduler;

  constructor(
    options: DetectionsOptions,
    rules: readonly DetectionRule[],
    suppressions: readonly Suppression[],
  ) {
    this.#options = options;
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]));
    this.#suppressions = new Map(suppressions.map((one) => [one.id, one]));
    const { clock, logger } = options;
    this.#scheduler = startScheduler({
      rules: () => this.list(),
      run: (rule) => this.#runScheduled(rule),
      clock,
      logger,
    });
  }

  list(): readonly DetectionRule[] {
    return [...this.#rules.values()];
  }

  get(id: string): DetectionRule | null {
    return this.#rules.get(id) ?? null;
  }

  async create(text: DetectionRuleText, owner: string): Promise<DetectionRule> {
    detectionFilter(text);
    const now = this.#options.clock.now();
    // What is stored already is for runs on demand; the clock looks at what comes from here on.
    const examinedUpTo = await this.#options.reader.newestStored();
    const times = { createdTs: now, updatedTs: now, lastRunTs: null, nextRunTs: nextRun(text, now) };
    return this.#save({ ...text, ...times, id: randomUUID(), owner, examinedUpTo });
  }

  async update(id: string, text: DetectionRuleText): Promise<DetectionRule> {
    const rule = this.#known(id);
    detectionFilter(text);
    const now = this.#options.clock.now();
    const isTimed =
      rule.nextRunTs !== null &&
      text.enabled &&
      text.scheduleEnabled &&
      text.scheduleIntervalMinutes === rule.scheduleIntervalMinutes;
    const nextRunTs = isTimed ? rule.nextRunTs : nextRun(text, now);
    return this.#save({ ...rule, ...text, updatedTs: now, nextRunTs });
  }

  async remove(id: string): Promise<void> {
    this.#known(id);
    for (const one of this.suppressions(id)) await this.removeSuppression(id, one.id);
    await this.#options.writer.deleteRecord('detection_rule', id);
    this.#rules.delete(id);
    this.#scheduler.wake();
  }

  async run(id: string): Promise<DetectionLook> {
    const rule = this.#known(id);
    const matches: LogEvent[] = [];
    const run = await this.#record(rule, 'manual', async () => {
      const found = await lookFor(this.#options.reader, {
        filter: detectionFilter(rule),
        order: 'newest',
        suppressions: this.suppressions(id),
        nowMs: this.#options.clock.now(),
        onMatches: (events) => {
          matches.push(...events.slice(0, MANUAL_MATCHES - matches.length));
        },
      });
      return { ...found, alerts: 0, sampleIds: matches.slice(0, SAMPLE_IDS).map((event) => event.id) };
    });
    await this.#save({ ...this.#known(id), lastRunTs: run.finishedTs });
    return { run, matches };
  }

  suppressions(ruleId: string): readonly Suppression[] {
    return [...this.#suppressions.values()]
      .filter((one) => one.ruleId === ruleId)
      .sort((left, right) => right.createdTs - left.createdTs);
  }

  async previewSuppression(
    ruleId: string,
    { criteria }: SuppressionText,
  ): Promise<{ matches: number; covered: number }> {
    const covers = criteriaTest(criteria);
    let covered = 0;
    const { total, suppressed } = await lookFor(this.#options.reader, {
      filter: detectionFilter(this.#known(ruleId)),
      order: 'newest',
      suppressions: this.suppressions(ruleId),
      nowMs: this.#options.clock.now(),
      onMatches: (events) => {
        covered += events.filter(covers).length;
      },
    });
    return { matches: total - suppressed, covered };
  }

  async suppress(ruleId: string, text: SuppressionText, owner: string): Promise<Suppression> {
    this.#known(ruleId);
    const { clock, writer } = this.#options;
    const suppression = { ...text, id: randomUUID(), ruleId, owner, createdTs: clock.now() };
    await writer.saveRecord(toRecord('suppression', suppression, clock.now()));
    this.#suppressions.set(suppression.id, suppression);
    return suppression;
  }

  async removeSuppression(ruleId: string, id: string): Promise<boolean> {
    if (this.#suppressions.get(id)?.ruleId !== ruleId) return false;
    await this.#options.writer.deleteRecord('suppression', id);
    return this.#suppressions.delete(id);
  }

  stop(): Promise<void> {
    return this.#scheduler.stop();
  }

  /** Looks at what was stored since the last run. After a stop of the core that is all of it, once. */
  async #runScheduled(rule: DetectionRule): Promise<void> {
    const { reader, clock } = this.#options;
    // Moved on before anything can fail, so that a full disk is not tried again at once and for ever.
    this.#rules.set(rule.id, { ...rule, nextRunTs: nextRun(rule, clock.now()) });
    const upTo = await reader.newestStored();
    const run = await this.#record(rule, 'scheduled', async () => {
      const sampleIds: string[] = [];
      let alerts = 0;
      const found = await lookFor(reader, {
        filter: { ...detectionFilter(rule), stored: { after: rule.examinedUpTo, upTo } },
        order: 'oldest',
        suppressions: this.suppressions(rule.id),
        nowMs: clock.now(),
        onMatches: async (events) => {
          alerts += await this.#options.raise(events.map((event) => toDetection(rule, event)));
          sampleIds.push(...events.slice(0, SAMPLE_IDS - sampleIds.length).map(({ id }) => id));
        },
      });
      return { ...found, alerts, sampleIds };
    });
    const current = this.#rules.get(rule.id);
    if (current === undefined) return;
    await this.#save({
      ...current,
      lastRunTs: run.finishedTs,
      // What a failed run has not seen is looked at by the next one; alerts that it raised are not raised twice.
      examinedUpTo: run.status === 'failed' ? current.examinedUpTo : upTo,
      nextRunTs: nextRun(current, clock.now()),
    });
  }

  /** Runs `look` and keeps what came of it, failures included. */
  async #record(
    { id: ruleId }: DetectionRule,
    trigger: DetectionRun['trigger'],
    look: () => Promise<Found & Pick<DetectionRun, 'alerts' | 'sampleIds'>>,
  ): Promise<DetectionRun> {
    const { clock, writer } = this.#options;
    const base = { id: randomUUID(), ruleId, trigger, startedTs: clock.now() };
    const outcome = await look().catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return error;
    });
    const run: DetectionRun =
      outcome instanceof AppError
        ? { ...base, status: 'failed', reason: outcome.message, finishedTs: clock.now(), ...NOTHING }
        : {
            ...base,
            status: outcome.reason === null ? 'completed' : 'partial',
            reason: outcome.reason,
            finishedTs: clock.now(),
            matches: outcome.total,
            suppressed: outcome.suppressed,
            alerts: outcome.alerts,
            sampleIds: outcome.sampleIds,
          };
    await writer.saveDetectionRun(run);
    return run;
  }

  async #save(rule: DetectionRule): Promise<DetectionRule> {
    await this.#options.writer.saveRecord(toRecord('detection_rule', rule, this.#options.clock.now()));
    this.#rules.set(rule.id, rule);
    this.#scheduler.wake();
    return rule;
  }

  #known(id: string): DetectionRule {
    const rule = this.#rules.get(id);
    if (rule === undefined) throw new AppError('not_found', { what: `The detection rule ${id}` });
    return rule;
  }
}

const NOTHING = { matches: 0, suppressed: 0, alerts: 0, sampleIds: [] };

function nextRun(
  text: Pick<DetectionRuleText, 'enabled' | 'scheduleEnabled' | 'scheduleIntervalMinutes'>,
  nowMs: number,
): number | null {
  return text.enabled && text.scheduleEnabled ? nowMs + text.scheduleIntervalMinutes * MINUTE_MS : null;
}
