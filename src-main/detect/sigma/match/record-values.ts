import type { FieldValue, LogEvent } from '#shared/model/event.ts';
import { isArray, MAX_DEPTH } from './field-reader.ts';

type Visit = (value: string | number | boolean) => void;

/**
 * Calls `visit` for everything that a keyword may be found in: each plain value of the record, and the message
 * of records that do not hold it themselves. Windows records from shippers do, as `Message`, which is a third
 * of their text; other formats keep it under names of their own, and then it is not visited twice.
 */
export function visitRecord({ message, fields }: LogEvent, visit: Visit): void {
  const holdsMessage = typeof fields.Message === 'string';
  if (!holdsMessage) visit(message);
  visitMembers(fields, { visit, visited: holdsMessage ? null : message, depth: 0 });
}

interface Walk {
  readonly visit: Visit;
  /** A text that was visited already. */
  readonly visited: string | null;
  readonly depth: number;
}

function visitMembers(members: Readonly<Record<string, FieldValue>>, walk: Walk): void {
  // Without a look at `hasOwn`: nothing that records inherit is enumerable, and this loop runs for every event.
  for (const name in members) {
    const value = members[name];
    if (typeof value === 'object') visitNested(value, walk);
    else if (value !== undefined && value !== walk.visited) walk.visit(value);
  }
}

function visitNested(value: Exclude<FieldValue, string | number | boolean>, walk: Walk): void {
  if (value === null || walk.depth + 1 >= MAX_DEPTH) return;
  const deeper = { ...walk, depth: walk.depth + 1 };
  if (!isArray(value)) {
    visitMembers(value, deeper);
    return;
  }
  for (const member of value) {
    if (typeof member === 'object') visitNested(member, deeper);
    else if (member !== walk.visited) walk.visit(member);
  }
}
