import { hostileSegments, hostileText } from '../lib/hostile.ts';
import { middleTruncate } from '../lib/truncate.ts';
import styles from './HostileText.module.css';

export interface HostileTextProps {
  readonly text: string;
  /** `block` keeps line feeds and tabs. */
  readonly layout?: 'line' | 'block';
  /** Longest text shown; the middle is cut and the whole is in the tooltip. */
  readonly maxLength?: number;
  /** Part to mark, compared without case: the query's words, the rule's pattern. */
  readonly mark?: readonly string[];
}

/**
 * The only way to show a value that came from a log: control, bidirectional and invisible characters are
 * spelled out, nothing becomes markup or a link, and the direction of the text cannot leak out of it.
 */
export function HostileText({ text, layout = 'line', maxLength, mark = [] }: HostileTextProps) {
  const shown = maxLength === undefined ? text : middleTruncate(text, maxLength);
  return (
    <bdi
      className={layout === 'block' ? styles.block : undefined}
      title={shown === text ? undefined : hostileText(text)}
    >
      {hostileSegments(shown, layout).map((segment, index) =>
        segment.kind === 'escape' ? (
          <span
            key={index}
            className={styles.escape}
            title="A character that would not show or would mislead"
          >
            {segment.text}
          </span>
        ) : (
          <MarkedText key={index} text={segment.text} words={mark} />
        ),
      )}
    </bdi>
  );
}

function MarkedText({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  const parts = splitAround(text, words);
  if (parts.length === 1) return <>{text}</>;
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <mark key={index} className={styles.mark}>
            {part}
          </mark>
        ) : (
          part
        ),
      )}
    </>
  );
}

/** Text cut around the words: even parts are plain, odd ones matched. */
function splitAround(text: string, words: readonly string[]): readonly string[] {
  const wanted = words.filter((word) => word.length > 1);
  if (wanted.length === 0) return [text];
  const pattern = wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return text.split(new RegExp(`(${pattern})`, 'i'));
}
