/**
 * Every error Harrier can report, with its HTTP status and the sentence a person reads. `{name}` is filled
 * from the error's fields. Clients may rely on the code; the sentence may be improved.
 */
export const ERROR_CODES = {
  bad_request: { status: 400, message: 'The request is not valid: {reason}.' },
  unauthenticated: { status: 401, message: 'Sign in first: send a valid token in the Authorization header.' },
  forbidden: { status: 403, message: 'This needs the permission {permission}.' },
  host_not_allowed: { status: 421, message: 'This address is not one that Harrier serves.' },
  origin_not_allowed: { status: 403, message: 'Requests from this web page are not allowed.' },
  not_found: { status: 404, message: '{what} does not exist.' },
  method_not_allowed: { status: 405, message: 'This address takes {allowed}, not {method}.' },
  conflict: { status: 409, message: '{reason}.' },
  too_large: { status: 413, message: 'The body is larger than {limit}.' },
  unsupported_media_type: { status: 415, message: 'Send the body as {type}.' },
  rate_limited: { status: 429, message: 'Too many requests; try again in {seconds} s.' },
  internal: {
    status: 500,
    message: 'Something failed inside Harrier. The log has the details under this request id.',
  },
  not_ready: { status: 503, message: '{what} is not ready: {reason}.' },
  storage_full: {
    status: 507,
    message: 'The disk is full. Nothing that was acknowledged is lost; free some space to go on.',
  },
  query_timeout: { status: 503, message: 'The query ran longer than {seconds} s and was stopped.' },
  config_invalid: { status: 400, message: 'The configuration is not valid: {reason}.' },
  data_dir_unusable: { status: 500, message: 'The data folder {path} cannot be used: {reason}.' },
  port_in_use: {
    status: 500,
    message:
      'Port {port} on {host} is in use. Choose another: with --port for the API, in the settings for a receiver.',
  },
  rule_invalid: { status: 400, message: 'The rule was not accepted: {reason}.' },
  pipeline_invalid: { status: 400, message: 'The pipeline was not accepted: {reason}.' },
  layer_invalid: { status: 400, message: 'The layer was not accepted: {reason}.' },
  evidence_unreadable: { status: 400, message: '{path} cannot be read: {reason}.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;
