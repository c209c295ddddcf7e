import type { FieldValue, Fields } from '#shared/model/event.ts';
import { memberAt, textOf } from '../kit/members.ts';

/** Members that decide about a logsource, in the order in which `resolve.ts` looks at them. */
const WINDOWS = ['Channel', 'Provider_Name', 'EventID', 'EventType'];
const AUDIT = ['type', 'SYSCALL', 'syscall'];
const SYSLOG = ['program', 'app_name', 'appname', 'facility'];
const RECORD = ['_path', 'event.dataset', 'data_stream.dataset', 'event.category', 'host.os.type'];

/**
 * What of a record its logsource was taken from, as a sentence for a person: 'Channel "Security", EventID 4688'.
 * It names the members that were looked at, not the path that the decision took.
 */
export function logsourceClues(fields: Fields): string {
  for (const names of [WINDOWS, AUDIT, SYSLOG, RECORD]) {
    const clues = names.flatMap((name) => clueOf(name, memberAt(fields, name)));
    // EventType alone is a word that many products use.
    if (clues.length > 0 && (names !== WINDOWS || isWindows(fields))) return `${clues.join(', ')}.`;
  }
  return 'Nothing in the record names its product; its members were compared with known shapes.';
}

function isWindows(fields: Fields): boolean {
  return fields.Channel !== undefined || fields.Provider_Name !== undefined;
}

function clueOf(name: string, value: FieldValue | undefined): readonly string[] {
  const text = textOf(value);
  if (text === null || text === '') return [];
  return [typeof value === 'number' ? `${name} ${text}` : `${name} "${text.slice(0, MAX_CLUE_CHARS)}"`];
}

/** Longer than any channel or program name that is one. */
const MAX_CLUE_CHARS = 100;
