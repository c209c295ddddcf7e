import type { ReloadTrigger, RuleCommands } from '../../pipeline/rule-commands.ts';
import type { RuleSettingsCommands } from '../../pipeline/rule-settings.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { inTurn } from './in-turn.ts';
import { createJudgement } from './judgement.ts';
import { createNeverMatches } from './never-matches.ts';
import { RuleBook, type RuleBookOptions } from './rule-book.ts';
import { RuleEditor, type RuleEditorParts } from './rule-editor.ts';
import { RuleSettingsEditor, type RuleSettingsParts } from './rule-settings.ts';
import { RuleWatch } from './rule-watch.ts';

export interface RulesOptions
  extends RuleBookOptions, Omit<RuleEditorParts, 'book' | 'detector' | 'reader' | 'writer'> {
  readonly reader: RuleBookOptions['reader'] & RuleEditorParts['reader'] & Pick<StoreReader, 'fieldCensus'>;
  readonly writer: RuleEditorParts['writer'] & RuleSettingsParts['writer'];
  readonly logger: Logger;
}

export interface Rules extends RuleCommands {
  readonly settings: RuleSettingsCommands;
  /** Ends the watch on the rule folders. */
  stop(): Promise<void>;
}

/**
 * Loads the rule set into the detector, answers for it, and keeps it as the rule folders are. Whatever changes it
 * happens one after the other.
 */
export async function startRules(options: RulesOptions): Promise<Rules> {
  const { detector, sources, reader, clock, logger } = options;
  const book = new RuleBook(options);
  const editor = new RuleEditor({ ...options, book });
  const turn = inTurn();
  const neverMatches = createNeverMatches({ detector, reader, clock, loadedTs: () => book.loadedTs });
  const settings = new RuleSettingsEditor({ ...options, book });
  const judgement = createJudgement({ ...options, book });
  await book.load('start');

  async function reload(trigger: ReloadTrigger): Promise<void> {
    try {
      await book.load(trigger);
      logger.info({ rules: book.list().length, trigger }, 'Rules were loaded anew.');
    } catch (error) {
      // The book reports it; the old rules go on.
      logger.error({ error: String(error), trigger }, 'Rules could not be loaded; those from before go on.');
    }
  }

  const watched = [...sources.folderPaths, ...sources.placeholderPaths, ...sources.pipelinePaths];
  const watch = new RuleWatch({
    paths: watched,
    fingerprint: () => detector.fingerprint(watched),
    // After a failure the files are taken again as soon as they differ from what failed.
    loaded: () => (book.lastReload.error === null ? book.fingerprint : ''),
    reload: () => turn(() => reload('watch')),
    logger,
  });
  watch.start();
  return {
    list: () => book.list(),
    get: (ruleId) => book.get(ruleId),
    problems: () => book.problems,
    check: (yaml) => detector.check(yaml),
    create: (yaml, note) => turn(() => editor.create(yaml, note)),
    update: (ruleId, edit, note) => turn(() => editor.update(ruleId, edit, note)),
    remove: (ruleId, note) => turn(() => editor.remove(ruleId, note)),
    restore: (ruleId, version, note) => turn(() => editor.restore(ruleId, version, note)),
    change: (ruleIds, switches, note) => turn(() => editor.change(ruleIds, switches, note)),
    async import(source, dryRun, note) {
      const { taken, ...report } = await judgement(source);
      if (!dryRun) await turn(() => editor.take(taken, note));
      return report;
    },
    neverMatches,
    async engine() {
      const { loadedTs, lastReload } = book;
      return { ...(await detector.inspect()), loadedTs, lastReload, watched: watch.status() };
    },
    lastReload: () => book.lastReload,
    reload: () => turn(() => reload('request')),
    stop: () => watch.stop(),
    settings: {
      placeholders: () => settings.placeholders(),
      savePlaceholder: (name, values) => turn(() => settings.savePlaceholder(name, values)),
      deletePlaceholder: (name) => turn(() => settings.deletePlaceholder(name)),
      pipelines: () => settings.pipelines(),
      savePipeline: (pipeline) => turn(() => settings.savePipeline(pipeline)),
      deletePipeline: (name) => turn(() => settings.deletePipeline(name)),
    },
  };
}
