import { Kbd } from '@mantine/core';
import { chordLabels } from '../workbench/key-chord.ts';
import styles from './KeyCaps.module.css';

const IS_MAC = /mac/i.test(navigator.userAgent);

/** Keys of a command as caps. */
export function KeyCaps({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.caps}>
      {chordLabels(keys, IS_MAC).map((label, index) => (
        <Kbd key={index}>{label}</Kbd>
      ))}
    </span>
  );
}
