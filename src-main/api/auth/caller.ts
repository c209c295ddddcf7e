/** Who is calling: the window of this launch, the holder of a stored token, or anyone where sign-in is disabled. */
export interface Caller {
  readonly kind: 'launch' | 'token' | 'open';
  /** The token's name, for logs and `GET /api/v1/auth/session`. */
  readonly name: string;
}
