import { ERROR_CODES, type ErrorCode } from './codes.ts';

export type ErrorFields = Readonly<Record<string, string | number | boolean>>;

/** An infrastructure fault or a refused request, always from the registry. Expected bad data is a value instead. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: ErrorFields;

  constructor(code: ErrorCode, fields: ErrorFields = {}, options?: { readonly cause?: unknown }) {
    super(fill(ERROR_CODES[code].message, fields), options);
    this.name = 'AppError';
    this.code = code;
    this.fields = fields;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }
}

/** The one error body of the API; `detail` serves documents 000 and 001, the rest 002 and 003. */
export interface ErrorBody {
  readonly detail: string;
  readonly error: string;
  readonly success: false;
  readonly data: null;
  readonly code: ErrorCode;
  readonly request_id: string;
}

function fill(template: string, fields: ErrorFields): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = fields[name];
    return value === undefined ? whole : String(value);
  });
}
