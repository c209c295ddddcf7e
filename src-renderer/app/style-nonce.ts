/** Nonce of the page's style-src, which the server puts on `<meta property="csp-nonce" nonce>`; empty without one. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
