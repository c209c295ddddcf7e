import { assertNever } from '../errors/assert-never.ts';
import type { LogEvent } from '../model/event.ts';
import { resolveField } from './aliases.ts';
import type { QueryNode } from './ast.ts';
import { scalarTexts, valuesOf } from './field-value.ts';
import { matchPart, type TextMatcher } from './pattern.ts';
import { compileCompare, type EvaluationContext } from './predicate.ts';

/** Tests one event. */
export type EventTest = (event: LogEvent) => boolean;

/**
 * The meaning of a query, event by event. Stores may be faster, never different: their results are tested
 * against this. Throws what `context.regex` throws on a bad pattern.
 */
export function compileTest(node: QueryNode | null, context: EvaluationContext): EventTest {
  if (node === null) return () => true;
  switch (node.kind) {
    case 'and': {
      const tests = node.nodes.map((inner) => compileTest(inner, context));
      return (event) => tests.every((test) => test(event));
    }
    case 'or': {
      const tests = node.nodes.map((inner) => compileTest(inner, context));
      return (event) => tests.some((test) => test(event));
    }
    case 'not': {
      const test = compileTest(node.node, context);
      return (event) => !test(event);
    }
    case 'text': {
      const matches = matchPart(node.pattern);
      return (event) => matchesText(event, matches);
    }
    case 'compare': {
      const target = resolveField(node.field);
      const test = compileCompare(node, context);
      return (event) => test(valuesOf(event, target));
    }
    default:
      return assertNever(node);
  }
}

/** Free text: in the message, the host, or any scalar of the parsed record. */
function matchesText(event: LogEvent, matches: TextMatcher): boolean {
  if (matches(event.message) || matches(event.host)) return true;
  for (const text of scalarTexts(event.fields)) if (matches(text)) return true;
  return false;
}
