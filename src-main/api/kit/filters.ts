import { AppError } from '#shared/errors/app-error.ts';
import { LEVELS, SEVERITY_WORDS, severityNumber, type Level } from '#shared/model/severity.ts';
import { parseQuery } from '#shared/query/parser.ts';
import { parseTime } from '#shared/query/time.ts';
import type { EventFilter, TimeSpan } from '../../store/interface/reader.ts';

interface SpanQuery {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

interface EventFilterQuery extends SpanQuery {
  readonly q?: string | undefined;
  readonly entity?: string | undefined;
  readonly template?: string | undefined;
  readonly source?: string | undefined;
  readonly severity?: string | undefined;
  readonly import_id?: string | undefined;
}

/** `since` and `until` as instants; relative ones count back from `nowMs`. */
export function spanOf(query: SpanQuery, nowMs: number): TimeSpan {
  const since = instantOf(query.since, 'since', nowMs);
  const until = instantOf(query.until, 'until', nowMs);
  if (since !== null && until !== null && since > until) {
    throw new AppError('bad_request', { reason: 'query.since: lies after query.until' });
  }
  return { since, until };
}

/** The filter that a query string asks for. Throws `bad_request` naming the parameter and how to write it. */
export function eventFilter(query: EventFilterQuery, nowMs: number): EventFilter {
  return {
    ...spanOf(query, nowMs),
    query: queryNode(query.q),
    entity: query.entity ?? null,
    template: query.template ?? null,
    source: query.source ?? null,
    severityMin: query.severity === undefined ? null : severityOf(query.severity),
    severityMax: null,
    importId: query.import_id ?? null,
    stored: null,
  };
}

/** Every element must be one of `allowed`, in any case; `info` is short for `informational`. */
export function levelsOf(values: readonly string[] | undefined, field: string): readonly Level[] {
  return oneOf(
    values?.map((value) => (value.toLowerCase() === 'info' ? 'informational' : value)),
    LEVELS,
    field,
  );
}

/** `values` as members of `allowed`, in any case. Throws `bad_request` naming what is allowed. */
export function oneOf<T extends string>(
  values: readonly string[] | undefined,
  allowed: readonly T[],
  field: string,
): readonly T[] {
  return (values ?? []).map((value) => {
    const found = allowed.find((one) => one === value.toLowerCase());
    if (found !== undefined) return found;
    throw new AppError('bad_request', { reason: `query.${field}: use one of ${allowed.join(', ')}` });
  });
}

function instantOf(text: string | undefined, field: string, nowMs: number): number | null {
  if (text === undefined) return null;
  // A plus sign in a query string means a space; a zone offset sent unencoded arrives that way.
  const instant = parseTime(text.replace(/ (\d{2}:?\d{2})$/, '+$1'), nowMs) ?? parseTime(text, nowMs);
  if (instant !== null) return instant;
  throw new AppError('bad_request', {
    reason: `query.${field}: write it relative to now (15m, 24h, 7d, 4w) or as ISO-8601 (2026-05-13T15:30:00Z)`,
  });
}

function queryNode(text: string | undefined): EventFilter['query'] {
  if (text === undefined || text.trim() === '') return null;
  const parsed = parseQuery(text);
  if (parsed.ok) return parsed.node;
  const at = `query.q, character ${parsed.position + 1}`;
  throw new AppError('bad_request', {
    reason: `${at}: ${parsed.message} ${parsed.hint}`.replace(/[.\s]+$/, ''),
  });
}

function severityOf(text: string): number {
  const severity = severityNumber(text);
  if (severity !== null) return severity;
  throw new AppError('bad_request', {
    reason: `query.severity: use a number from 1 to 24 or one of ${SEVERITY_WORDS.join(', ')}`,
  });
}
