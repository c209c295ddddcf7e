import type { Fields, FieldValue, LogEvent, LogSource } from '#shared/model/event.ts';
import { logsourceText } from '#shared/model/logsource.ts';
import { createEnricher } from '../../enrich/enrich.ts';
import { planEvidence } from '../../ingest/evidence/plan.ts';
import { lastWritten } from './last-written.ts';
import { readEvents } from './read-events.ts';

/** Field names that the events of one logsource have. */
export interface LogsourceFields extends LogSource {
  readonly fields: ReadonlySet<string>;
}

export interface EvidenceFields {
  readonly logsources: readonly LogsourceFields[];
  readonly events: number;
  /** What could not be read, or not whole, as "path: reason". */
  readonly unreadable: readonly string[];
}

/** Logsources and names that are kept: a hostile log could make up any number of them. */
const MAX_LOGSOURCES = 1000;
const MAX_NAMES = 20_000;
/** Steps into nested objects; cloud logs use four. */
const MAX_DEPTH = 8;

/** Reads evidence for the names of its fields only, as rules name them: along dots, through lists. */
export async function readEvidenceFields(paths: readonly string[]): Promise<EvidenceFields> {
  const census = new Census();
  const plan = await planEvidence(paths);
  const unreadable = plan.unreadable.map(({ path, reason }) => `${path}: ${reason}`);
  const enrich = createEnricher();
  let id = 0;
  for (const input of plan.inputs) {
    const writtenMs = lastWritten(input.path);
    const report = await readEvents(input, {
      ...{ enrich, sourceId: 'check', evidenceId: input.path, writtenMs, observedMs: writtenMs },
      newId: () => String((id += 1)),
      onEvents: (events) => {
        for (const event of events) census.add(event);
      },
    });
    if (report.reason !== null) unreadable.push(`${input.path}: ${report.reason}`);
  }
  return { logsources: census.logsources, events: census.events, unreadable };
}

class Census {
  readonly #byLogsource = new Map<string, LogSource & { readonly fields: Set<string> }>();
  events = 0;

  get logsources(): readonly LogsourceFields[] {
    return [...this.#byLogsource.values()];
  }

  add({ logsource, fields, mapped }: LogEvent): void {
    this.events += 1;
    const key = logsourceText(logsource);
    let known = this.#byLogsource.get(key);
    if (known === undefined) {
      if (this.#byLogsource.size >= MAX_LOGSOURCES) return;
      known = { ...logsource, fields: new Set() };
      this.#byLogsource.set(key, known);
    }
    collect(fields, '', { names: known.fields, depth: 0 });
    if (mapped !== null) for (const name of Object.keys(mapped)) known.fields.add(name);
  }
}

function collect(
  value: FieldValue,
  path: string,
  { names, depth }: { readonly names: Set<string>; readonly depth: number },
): void {
  if (path !== '') names.add(path);
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH || names.size >= MAX_NAMES) return;
  const inner = { names, depth: depth + 1 };
  if (Array.isArray(value)) {
    for (const member of value as readonly FieldValue[]) collect(member, path, inner); // Forgets readonly.
    return;
  }
  for (const [name, member] of Object.entries(value as Fields)) {
    collect(member, path === '' ? name : `${path}.${name}`, inner);
  }
}
