import { visibleSegments, type TextSegment } from '#shared/text/visible.ts';

/**
 * Splits log text so that nothing in it can hide, reorder or break out. `block` keeps line feeds and tabs as
 * they are, for text shown over several lines.
 */
export function hostileSegments(text: string, layout: 'line' | 'block' = 'line'): TextSegment[] {
  return visibleSegments(text, layout === 'block' ? '\n\t' : '');
}

/** The same as one string, for titles, labels and canvases. */
export function hostileText(text: string, layout: 'line' | 'block' = 'line'): string {
  return hostileSegments(text, layout)
    .map((segment) => segment.text)
    .join('');
}
