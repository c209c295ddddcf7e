/**
 * The page's content policy, the same wherever the page is served from: log content is hostile, so nothing in
 * the page may load or reach anything but what is named here (reliability.md T1).
 */
export interface ContentPolicyOptions {
  /** Fresh for each answer: style elements made at run time (Mantine's theme) carry it. */
  readonly styleNonce: string;
  /** Origins besides the page's own that it may talk to; in the shell the core's loopback port. */
  readonly connect: readonly string[];
}

/** What the served index.html holds where the nonce goes; the page finds it in `<meta name="style-nonce">`. */
export const STYLE_NONCE_PLACEHOLDER = '__STYLE_NONCE__';

/** Value of the Content-Security-Policy header. */
export function contentPolicy({ styleNonce, connect }: ContentPolicyOptions): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "form-action 'none'",
  ].join('; ');
}
