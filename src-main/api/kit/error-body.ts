import type { AppError, ErrorBody } from '#shared/errors/app-error.ts';

/** The one error body of the API (api.md: `detail` serves documents 000 and 001, the rest 002 and 003). */
export function errorBody(error: AppError, requestId: string): ErrorBody {
  return {
    detail: error.message,
    error: error.message,
    success: false,
    data: null,
    code: error.code,
    request_id: requestId,
  };
}
