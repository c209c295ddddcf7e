/**
 * Content-Security-Policy of every page that shows the workstation (reliability T1: log content is hostile).
 * `connect` adds origins that the page may call besides its own. Scripts come from files only; styles may be
 * inline, because Mantine writes its responsive ones into `<style>` elements: a style cannot run code, and
 * `connect-src` and `img-src` leave an injected one nowhere to send anything.
 */
export function contentPolicy(connect: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(' '),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
