import type { ErrorBody } from '#shared/errors/app-error.ts';

/** A request that failed, with what a person needs to know about it. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  /** Seconds to wait, when the core said so (429, 503). */
  readonly retryAfterSeconds: number | null;

  constructor(
    message: string,
    facts: {
      readonly status: number;
      readonly code: string;
      readonly requestId?: string | null;
      readonly retryAfterSeconds?: number | null;
    },
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = facts.status;
    this.code = facts.code;
    this.requestId = facts.requestId ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }
}

/** Reads the one error body of the API; anything else (a proxy's page) is named as what it is. */
export async function errorFromResponse(response: Response): Promise<ApiError> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterSeconds = Number.isFinite(seconds) ? seconds : null;
  const body = await readBody(response);
  if (body === null) {
    return new ApiError(`The answer was not one of Harrier's (HTTP ${response.status}).`, {
      status: response.status,
      code: 'unexpected_answer',
      retryAfterSeconds,
    });
  }
  return new ApiError(body.detail, {
    status: response.status,
    code: body.code,
    requestId: body.request_id,
    retryAfterSeconds,
  });
}

export function noAnswer(cause: unknown): ApiError {
  const error = new ApiError('Harrier does not answer. The core may be starting, stopped or out of reach.', {
    status: 0,
    code: 'no_answer',
  });
  error.cause = cause;
  return error;
}

/** What a person can do about it, by status. */
export function whatToDo(error: ApiError): string {
  switch (error.status) {
    case 0:
      return 'What is on screen stays. It loads again by itself when the core answers.';
    case 400:
      return 'Change the request and try again.';
    case 401:
      return 'Sign in again; what you were doing is kept.';
    case 403:
      return 'Ask whoever runs this workstation for the permission.';
    case 404:
      return 'It may have been removed, for example by undoing an import.';
    case 409:
      return 'Somebody or something changed it first. Load it again.';
    case 429:
      return error.retryAfterSeconds === null
        ? 'Wait a moment and try again.'
        : `Try again in ${error.retryAfterSeconds} s.`;
    case 503:
      return 'Everything stored is safe. Narrow the time range or the filter, or try again shortly.';
    case 507:
      return 'Free some space on the disk that holds the data folder.';
    default:
      return 'Try again. If it stays, the log has the details under the request id.';
  }
}

export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(error instanceof Error ? error.message : String(error), {
    status: 0,
    code: 'page_fault',
  });
}

async function readBody(response: Response): Promise<ErrorBody | null> {
  try {
    const body: unknown = await response.json();
    const known = typeof body === 'object' && body !== null && 'detail' in body && 'code' in body;
    // The two members that are always there were just checked; the rest is only shown.
    return known ? (body as ErrorBody) : null;
  } catch {
    return null;
  }
}
