import type { FieldValue, Fields } from '#shared/model/event.ts';
import { textOf } from '../kit/members.ts';

/** Arguments read of one EXECVE record; the kernel splits longer command lines over several records. */
const MAX_ARGUMENTS = 256;

/** auditd writes an argument with unusual characters as bare hex; quoted arguments arrive without quotes. */
function decodeArgument(text: string): string {
  if (text.length < 4 || text.length % 2 !== 0 || !/^[0-9A-F]+$/.test(text)) return text;
  const decoded = Buffer.from(text, 'hex').toString('utf8');
  // A plain upper-case hex word is more likely a word than control characters: only readable text is taken.
  return /^[\x20-\x7e\t\n]+$/.test(decoded) && /[\s"]/.test(decoded) ? decoded : text;
}

/**
 * auditd's process records under taxonomy names: CommandLine from `a0`..`aN` and Image from the first argument
 * of EXECVE; Image, ProcessId and User from SYSCALL, whose `a0`..`a3` are addresses and not arguments.
 */
export function mapAuditdExec(fields: Fields): Fields {
  const mapped: Record<string, FieldValue> = {};
  if (fields.type === 'EXECVE') {
    const words: string[] = [];
    for (let index = 0; index < MAX_ARGUMENTS; index += 1) {
      const word = textOf(fields[`a${index}`]);
      if (word === null) break;
      words.push(decodeArgument(word));
    }
    mapped.CommandLine = words.join(' ');
    const first = words[0];
    if (first !== undefined) mapped.Image = first;
    return mapped;
  }
  copy(fields, 'exe', mapped, 'Image');
  copy(fields, 'pid', mapped, 'ProcessId');
  copy(fields, 'ppid', mapped, 'ParentProcessId');
  copy(fields, 'cwd', mapped, 'CurrentDirectory');
  copy(fields, 'UID' in fields ? 'UID' : 'uid', mapped, 'User');
  return mapped;
}

function copy(fields: Fields, from: string, mapped: Record<string, FieldValue>, to: string): void {
  const value = fields[from];
  if (value !== undefined && value !== null) mapped[to] = value;
}
