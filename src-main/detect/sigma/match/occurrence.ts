import type { LogSource } from '#shared/model/event.ts';
import type { CompiledRule } from '../compile/compile-rule.ts';
import type { FieldReader } from './field-reader.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { acceptsLogsource, logsourceText } from '#shared/model/logsource.ts';
import type { EngineItem, Requirement } from '../compile/requirement.ts';

/** A rule that could not match anything so far, and why. */
export interface UnmatchableRule {
  readonly ruleId: string;
  /** Sentence for a person. */
  readonly reason: string;
}

/** A logsource of which events were seen, and whether a field was among theirs. */
export interface SeenFields {
  readonly logsource: LogSource;
  has(field: string): boolean;
}

/** What one concrete logsource has shown since the engine was made. */
export interface SeenLogsource {
  readonly logsource: LogSource;
  readonly events: number;
  /** Fields that rules ask for and that at least one event had. */
  readonly fields: readonly string[];
}

/**
 * Events of each kind (logsource and EventID) that are searched for new fields, and how many of a kind are
 * skipped between two searches afterwards: fields of a kind hardly change, and each search costs microseconds.
 */
const SEARCHED_FIRST = 64;
const SEARCHED_THEN = 16;
/** Kinds counted apart; Windows' busiest channel has about 400 event numbers. */
const MAX_KINDS = 4096;

/** Which of the fields that rules ask for occur in the events of one logsource. */
export class Occurrence {
  readonly logsource: LogSource;
  events = 0;
  /** Fields that no event has had yet; asking only for these costs less and less. */
  #missing: FieldReader[];
  readonly #seen = new Set<string>();
  readonly #kinds = new Map<unknown, number>();

  constructor(logsource: LogSource, fields: readonly FieldReader[]) {
    this.logsource = logsource;
    this.#missing = [...fields];
  }

  note(event: LogEvent): void {
    this.events++;
    if (!this.#isDue(event)) return;
    let isNew = false;
    for (const reader of this.#missing) {
      if (reader.name === null || reader.read(event) === undefined) continue;
      this.#seen.add(reader.name);
      isNew = true;
    }
    if (isNew) this.#missing = this.#missing.filter(({ name }) => name !== null && !this.#seen.has(name));
  }

  #isDue(event: LogEvent): boolean {
    const kind: unknown = event.fields.EventID;
    const count = this.#kinds.get(kind) ?? 0;
    if (count > 0 || this.#kinds.size < MAX_KINDS) this.#kinds.set(kind, count + 1);
    return count < SEARCHED_FIRST || count % SEARCHED_THEN === 0;
  }

  has(field: string): boolean {
    return this.#seen.has(field);
  }

  seen(): SeenLogsource {
    return { logsource: this.logsource, events: this.events, fields: [...this.#seen].sort() };
  }
}

/**
 * Why a rule cannot have matched anything of what was seen: no event had its logsource, or none of those
 * that had it carried the fields without which it is false. Null when it could have.
 */
export function whyUnmatchable(
  { rule, requirement }: CompiledRule,
  seen: readonly SeenFields[],
  anyLogsource: boolean,
): string | null {
  const accepted = seen.filter(
    ({ logsource }) => anyLogsource || acceptsLogsource(rule.logsource, logsource),
  );
  if (accepted.length === 0) return `No event had the logsource ${logsourceText(rule.logsource)}.`;
  if (accepted.some((occurrence) => isPossible(requirement, occurrence))) return null;
  const missing = new Set<string>();
  for (const field of needed(requirement)) {
    if (!accepted.some((occurrence) => occurrence.has(field))) missing.add(field);
  }
  const names = [...missing].join(', ');
  return `No event of ${logsourceText(rule.logsource)} had ${names === '' ? 'its fields together' : names}.`;
}

function isPossible(requirement: Requirement, seen: SeenFields): boolean {
  switch (requirement.kind) {
    case 'item':
      return !needsField(requirement.item) || seen.has(requirement.item.plan.field ?? '');
    case 'not':
      return true;
    case 'and':
      return requirement.parts.every((part) => isPossible(part, seen));
    case 'or':
      return requirement.parts.some((part) => isPossible(part, seen));
  }
}

function* needed(requirement: Requirement): Generator<string> {
  if (requirement.kind === 'not') return;
  if (requirement.kind !== 'item') for (const part of requirement.parts) yield* needed(part);
  else if (needsField(requirement.item)) yield requirement.item.plan.field ?? '';
}

/** False for keywords and for items that are true of a missing field. */
function needsField({ plan }: EngineItem): boolean {
  if (plan.field === null || plan.negated) return false;
  const canLack = plan.values.map(
    ({ test }) => test.kind === 'null' || (test.kind === 'exists' && !test.expected),
  );
  return plan.all ? !canLack.every(Boolean) : !canLack.some(Boolean);
}
