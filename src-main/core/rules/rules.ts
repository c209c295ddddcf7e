import type { RuleCommands } from '../../pipeline/rule-commands.ts';
import { inTurn } from './in-turn.ts';
import { RuleBook, type RuleBookOptions } from './rule-book.ts';
import { RuleEditor, type RuleEditorParts } from './rule-editor.ts';

export interface RulesOptions extends RuleBookOptions, Omit<RuleEditorParts, 'book' | 'detector' | 'reader'> {
  readonly reader: RuleBookOptions['reader'] & RuleEditorParts['reader'];
}

/** Loads the rule set into the detector and answers for it. Whatever changes it happens one after the other. */
export async function createRules(options: RulesOptions): Promise<RuleCommands> {
  const { detector } = options;
  const book = new RuleBook(options);
  const editor = new RuleEditor({ ...options, book });
  const turn = inTurn();
  await book.load('start');
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
    async neverMatches() {
      const { unmatchable } = await detector.inspect();
      return new Map(unmatchable.map(({ ruleId, reason }) => [ruleId, reason]));
    },
    async engine() {
      const { items, fields, heapBytes } = await detector.inspect();
      return { loadedTs: book.loadedTs, lastReload: book.lastReload, items, fields, heapBytes };
    },
    reload: () =>
      turn(async () => {
        // The report holds the error; the old rules go on.
        await book.load('request').catch(() => undefined);
      }),
  };
}
