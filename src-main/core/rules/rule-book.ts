import { AppError } from '#shared/errors/app-error.ts';
import type { ReloadReport, ReloadTrigger } from '../../pipeline/rule-commands.ts';
import type { LoadedRule, RuleProblem } from '../../pipeline/rules.ts';
import { NO_RULE_SETTINGS, type RuleSettings } from '../../pipeline/rule-settings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { RuleChange, RuleRecord } from '../../store/interface/rules.ts';
import type { DetectorClient } from '../detection/detector-client.ts';
import type { RulePatch, RuleSetReport, RuleSetRequest } from '../detection/messages.ts';
import { asSettings, readStoredSettings } from './stored-settings.ts';

export interface RuleBookOptions {
  readonly detector: DetectorClient;
  readonly reader: Pick<StoreReader, 'rules' | 'records'>;
  readonly sources: Pick<RuleSetRequest, 'shippedPaths' | 'folderPaths' | 'anyLogsource'> &
    Pick<RuleSettings, 'placeholderPaths' | 'pipelinePaths'>;
  readonly clock: Clock;
}

export type SettingsInUse = Pick<RuleSetReport, 'placeholderUse' | 'fromFiles'>;

/** The rules that run, as the core knows them. They change only when the detector has taken the change. */
export class RuleBook {
  readonly #options: RuleBookOptions;
  #records: ReadonlyMap<string, RuleRecord> = new Map();
  #byId: ReadonlyMap<string, LoadedRule> = new Map();
  #problems: readonly RuleProblem[] = [];
  #lastReload: ReloadReport = { ts: 0, trigger: 'start', durationMs: 0, error: null };
  #loadedTs = 0;
  #fingerprint = '';
  #settings: RuleSettings = NO_RULE_SETTINGS;
  #settingsInUse: SettingsInUse = { placeholderUse: {}, fromFiles: { placeholders: {}, pipelines: [] } };

  constructor(options: RuleBookOptions) {
    this.#options = options;
  }

  get problems(): readonly RuleProblem[] {
    return this.#problems;
  }

  get lastReload(): ReloadReport {
    return this.#lastReload;
  }

  /** When the rules that run now were loaded. */
  get loadedTs(): number {
    return this.#loadedTs;
  }

  /** Of the folders' files that they were read from. */
  get fingerprint(): string {
    return this.#fingerprint;
  }

  /** Value lists and pipelines that the rules were compiled with. */
  get settings(): RuleSettings {
    return this.#settings;
  }

  /** What the rules ask of value lists, and the settings that came from files. */
  get settingsInUse(): SettingsInUse {
    return this.#settingsInUse;
  }

  list(): readonly LoadedRule[] {
    return [...this.#byId.values()];
  }

  get(ruleId: string): LoadedRule | null {
    return this.#byId.get(ruleId) ?? null;
  }

  /** What the store held of a rule when the rules were loaded; null when it was never touched. */
  record(ruleId: string): RuleRecord | null {
    return this.#records.get(ruleId) ?? null;
  }

  /** Throws `not_found`. */
  known(ruleId: string): LoadedRule {
    const rule = this.#byId.get(ruleId);
    if (rule === undefined) throw new AppError('not_found', { what: `The rule ${ruleId}` });
    return rule;
  }

  /** Takes all rules anew. When that fails the old ones go on, the report says why, and the error is thrown. */
  async load(trigger: ReloadTrigger): Promise<void> {
    const { clock, detector, reader, sources } = this.#options;
    const ts = clock.now();
    const startMs = clock.monotonic();
    const report = (error: string | null): ReloadReport => ({
      ts,
      trigger,
      durationMs: clock.monotonic() - startMs,
      error,
    });
    try {
      const records = await reader.rules();
      const { placeholderPaths, pipelinePaths, ...rest } = sources;
      const stored = asSettings(await readStoredSettings(reader));
      const settings = { placeholderPaths, pipelinePaths, ...stored };
      const { rules, problems, kept, fingerprint, ...inUse } = await detector.load({
        ...rest,
        records,
        settings,
      });
      this.#settings = settings;
      this.#settingsInUse = inUse;
      this.#records = new Map(records.map((record) => [record.ruleId, record]));
      this.#byId = new Map(rules.map((rule) => [rule.id, rule]));
      this.#problems = problems;
      this.#loadedTs = ts;
      this.#fingerprint = fingerprint;
      this.#lastReload = report(kept.length === 0 ? null : kept.join(' '));
    } catch (error) {
      this.#lastReload = report(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** Switches rules in the running engine; the store has the changes already. */
  async patch(changes: readonly RuleChange[]): Promise<void> {
    // What a filter requires is part of every rule that it narrows.
    if (changes.some(({ ruleId }) => this.known(ruleId).kind === 'filter')) {
      await this.load('change');
      return;
    }
    const byId = new Map(this.#byId);
    const records = new Map(this.#records);
    const patches: RulePatch[] = [];
    for (const { ruleId, record, entries } of changes) {
      if (record === null) continue;
      const rule = this.known(ruleId);
      const version = rule.version + entries.length;
      const { enabled, levelOverride } = record;
      patches.push({ ruleId, enabled, levelOverride });
      byId.set(ruleId, { ...rule, enabled, levelOverride, version });
      records.set(ruleId, { ...record, ruleId, version });
    }
    await this.#options.detector.patch(patches);
    this.#byId = byId;
    this.#records = records;
  }
}
