import { AppError } from '#shared/errors/app-error.ts';
import type { ChangeNote, RuleEdit, RuleSwitches } from '../../pipeline/rule-commands.ts';
import type { CheckedRule, LoadedRule, RuleProblem } from '../../pipeline/rules.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { RuleChange } from '../../store/interface/rules.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';
import type { DetectorClient } from '../detection/detector-client.ts';
import type { TakenRule } from '../rule-import/messages.ts';
import type { RuleBook } from './rule-book.ts';
import {
  creation,
  deletion,
  reversion,
  refusedRule,
  switching,
  textChange,
  type Change,
  type HeldRule,
} from './rule-changes.ts';

export interface RuleEditorParts {
  readonly book: RuleBook;
  readonly detector: Pick<DetectorClient, 'check'>;
  readonly writer: Pick<StoreWriter, 'saveRules'>;
  readonly reader: Pick<StoreReader, 'ruleHistory' | 'ruleVersion'>;
  readonly clock: Clock;
}

/**
 * Changes rules, one change at a time. Each is stored before it takes effect, so that a crash between the two leaves
 * a change that the next start finds.
 */
export class RuleEditor {
  readonly #parts: RuleEditorParts;

  constructor(parts: RuleEditorParts) {
    this.#parts = parts;
  }

  async create(yaml: string, note: ChangeNote): Promise<LoadedRule> {
    const { book } = this.#parts;
    const rules = await this.#accepted(yaml);
    const taken = rules.find(({ id }) => book.get(id) !== null);
    if (taken !== undefined) {
      throw new AppError('conflict', { reason: `A rule with the id ${taken.id} exists already` });
    }
    const change = this.#change(note);
    await this.#save(rules.map((rule) => creation(rule.id, { yaml: rule.yaml, action: 'created' }, change)));
    return book.known(rules[0]?.id ?? '');
  }

  async update(ruleId: string, { yaml, baseVersion }: RuleEdit, note: ChangeNote): Promise<LoadedRule> {
    const { book } = this.#parts;
    const rule = this.#held(ruleId);
    if (baseVersion !== null) await this.#refuseStale(rule, baseVersion);
    const accepted = await this.#acceptedAs(ruleId, yaml);
    if (accepted === rule.yaml && book.get(ruleId) !== null) return book.known(ruleId);
    await this.#save([textChange(rule, { yaml: accepted, action: 'edited' }, this.#change(note))]);
    return book.known(ruleId);
  }

  async remove(ruleId: string, note: ChangeNote): Promise<void> {
    const rule = this.#held(ruleId);
    const change = this.#change(note);
    if (rule.origin === 'custom' || rule.original?.yaml === null) {
      await this.#save([deletion(rule, change)]);
      return;
    }
    if (rule.original === null) {
      const reason = `The rule ${ruleId} is as its file has it; disable it, or remove it from ${rule.file}`;
      throw new AppError('conflict', { reason });
    }
    await this.#save([reversion(rule, rule.original.yaml, change)]);
  }

  async restore(ruleId: string, version: number, note: ChangeNote): Promise<LoadedRule> {
    const { book, reader } = this.#parts;
    const entry = await reader.ruleVersion(ruleId, version);
    if (entry === null) throw new AppError('not_found', { what: `Version ${version} of the rule ${ruleId}` });
    if (entry.yaml === null) {
      throw new AppError('conflict', {
        reason: `Version ${version} of the rule ${ruleId} has no text of its own`,
      });
    }
    const rule = this.#heldOrNull(ruleId);
    const yaml = await this.#acceptedAs(ruleId, entry.yaml);
    const reason = note.reason === '' ? `version ${version}` : `version ${version}: ${note.reason}`;
    const change = this.#change({ ...note, reason });
    const text = { yaml, action: 'restored' } as const;
    if (rule === null) await this.#save([creation(ruleId, text, change)]);
    else if (rule.original?.yaml === yaml) await this.#save([reversion(rule, yaml, change)]);
    else if (rule.yaml !== yaml || book.get(ruleId) === null)
      await this.#save([textChange(rule, text, change)]);
    return book.known(ruleId);
  }

  /** Keeps texts that were judged before: new rules become the analyst's own, the others get another text. */
  async take(taken: readonly TakenRule[], note: ChangeNote): Promise<void> {
    const change = this.#change(note);
    const changes = taken.flatMap(({ id, yaml }) => {
      const rule = this.#parts.book.get(id);
      const text = { yaml, action: 'imported' } as const;
      if (rule === null) return [creation(id, text, change)];
      return rule.yaml === yaml ? [] : [textChange(rule, text, change)];
    });
    if (changes.length > 0) await this.#save(changes);
  }

  async change(
    ruleIds: readonly string[],
    switches: RuleSwitches,
    note: ChangeNote,
  ): Promise<readonly LoadedRule[]> {
    const { book, writer } = this.#parts;
    const change = this.#change(note);
    const changes = [...new Set(ruleIds)].flatMap((ruleId) => {
      const made = switching({ rule: book.known(ruleId), record: book.record(ruleId) }, switches, change);
      return made === null ? [] : [made];
    });
    if (changes.length > 0) {
      await writer.saveRules(changes);
      await book.patch(changes);
    }
    return ruleIds.map((ruleId) => book.known(ruleId));
  }

  /** The rule, also when the engine refused what the store has of it. Throws `not_found`. */
  #held(ruleId: string): HeldRule {
    return this.#heldOrNull(ruleId) ?? this.#parts.book.known(ruleId);
  }

  #heldOrNull(ruleId: string): HeldRule | null {
    const { book } = this.#parts;
    const record = book.record(ruleId);
    const refused = typeof record?.yaml === 'string' ? refusedRule(record) : null;
    return book.get(ruleId) ?? refused;
  }

  async #save(changes: readonly RuleChange[]): Promise<void> {
    await this.#parts.writer.saveRules(changes);
    try {
      await this.#parts.book.load('change');
    } catch (error) {
      const reason = `the change is saved, but the rules from before go on: ${error instanceof Error ? error.message : String(error)}`;
      throw new AppError('not_ready', { what: 'The detector', reason }, { cause: error });
    }
  }

  /** The rules of a text that passes every stage; throws `rule_invalid` for any other. */
  async #accepted(yaml: string): Promise<readonly CheckedRule[]> {
    const { rules, problems } = await this.#parts.detector.check(yaml);
    const error = problems.find(({ severity }) => severity === 'error');
    if (error !== undefined) throw invalid(placed(error));
    if (rules.length === 0) throw invalid('it holds no rule');
    return rules;
  }

  /** The text, when it holds exactly the rule `ruleId`. */
  async #acceptedAs(ruleId: string, yaml: string): Promise<string> {
    const rules = await this.#accepted(yaml);
    const own = rules.find(({ id }) => id === ruleId);
    const other = rules.find(({ id }) => id !== ruleId);
    if (own === undefined) {
      throw invalid(`its id is ${other?.id ?? 'missing'}; write "id: ${ruleId}", or save it as a new rule`);
    }
    if (other !== undefined) throw invalid(`it also holds the rule ${other.id}; save one rule at a time`);
    return yaml;
  }

  async #refuseStale(rule: HeldRule, baseVersion: number): Promise<void> {
    if (rule.version <= baseVersion) return;
    const history = await this.#parts.reader.ruleHistory(rule.id);
    const newer = history.find(
      ({ hasText, version, action }) => hasText && version > baseVersion && action !== 'found',
    );
    if (newer === undefined) return;
    const who = newer.author === '' ? 'Harrier' : newer.author;
    const when = new Date(newer.ts).toISOString();
    const reason = `The text changed since version ${baseVersion}: version ${newer.version} was ${newer.action} by ${who} at ${when}`;
    throw new AppError('conflict', { reason });
  }

  #change(note: ChangeNote): Change {
    return { ...note, ts: this.#parts.clock.now() };
  }
}

function placed({ line, column, message }: RuleProblem): string {
  return `line ${line}, column ${column}: ${message}`;
}

function invalid(reason: string): AppError {
  return new AppError('rule_invalid', { reason });
}
