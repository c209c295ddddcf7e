import type { z } from 'zod';
import { AppError } from '#shared/errors/app-error.ts';

/** Problems named in one answer: the first few say what is wrong, and a hostile body cannot make a long answer. */
const MAX_PROBLEMS = 3;

/** `value` as `schema` reads it, or a 400 that names each wrong field ("query.limit: ..."). */
export function validated<S extends z.ZodType>(schema: S, value: unknown, part: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues
    .slice(0, MAX_PROBLEMS)
    .map((issue) => `${[part, ...issue.path].join('.')}: ${issue.message}`);
  throw new AppError('bad_request', { reason: problems.join('; ') });
}
