/**
 * Shortens in the middle, because both ends of paths, hashes and command lines carry meaning. The caller shows
 * the whole value on hover and copies it whole.
 */
export function middleTruncate(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const keep = Math.max(2, maxLength - 1);
  const head = Math.ceil(keep * 0.6);
  return `${text.slice(0, head)}…${text.slice(text.length - (keep - head))}`;
}
