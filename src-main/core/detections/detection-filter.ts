import { AppError } from '#shared/errors/app-error.ts';
import type { DetectionRuleText } from '#shared/model/detection-rule.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { SEVERITY_WORDS, severityNumber } from '#shared/model/severity.ts';
import type { QueryNode } from '#shared/query/ast.ts';
import { compileTest, type EventTest } from '#shared/query/evaluate.ts';
import { parseQuery } from '#shared/query/parser.ts';
import { EVERY_EVENT, type EventFilter } from '../../store/interface/reader.ts';

/** Where a rule's `source` may stand in an event: what brought it, or what Sigma calls its source. */
const SOURCE_FIELDS = ['source', 'source_id', 'product', 'category', 'service'];

type Question = Pick<DetectionRuleText, 'query' | 'source' | 'host' | 'matchSeverity'>;

/** The events that a rule asks for. Throws `bad_request` where the query or the severity is not understood. */
export function detectionFilter({ query, source, host, matchSeverity }: Question): EventFilter {
  const nodes = [
    parsed(query),
    source === null ? null : anyOf(SOURCE_FIELDS.map((field) => equals(field, source))),
    host === null ? null : equals('host', host),
  ].filter((node) => node !== null);
  return {
    ...EVERY_EVENT,
    query: nodes.length === 0 ? null : { kind: 'and', nodes },
    severityMin: matchSeverity === null ? null : severityOf(matchSeverity),
  };
}

/** Tests an event against the criteria of a suppression: all of them have to be its own. */
export function criteriaTest(criteria: Readonly<Record<string, string>>): EventTest {
  const nodes = Object.entries(criteria).map(([field, value]) => equals(field, value));
  // Criteria are literal texts, so no regex is ever asked for.
  const context = { nowMs: 0, regex: () => () => false };
  const test = compileTest({ kind: 'and', nodes }, context);
  return (event: LogEvent) => nodes.length > 0 && test(event);
}

function parsed(query: string): QueryNode | null {
  const outcome = parseQuery(query);
  if (outcome.ok) return outcome.node;
  const at = `query, character ${outcome.position + 1}`;
  throw new AppError('bad_request', {
    reason: `${at}: ${outcome.message} ${outcome.hint}`.replace(/[.\s]+$/, ''),
  });
}

function severityOf(text: string): number {
  const severity = severityNumber(text);
  if (severity !== null) return severity;
  const words = SEVERITY_WORDS.join(', ');
  throw new AppError('bad_request', {
    reason: `match_severity: use a number from 1 to 24 or one of ${words}`,
  });
}

function equals(field: string, text: string): QueryNode {
  return {
    kind: 'compare',
    field,
    op: '=',
    value: { kind: 'pattern', pattern: { text, literal: true } },
    position: 0,
  };
}

function anyOf(nodes: readonly QueryNode[]): QueryNode {
  return { kind: 'or', nodes };
}
