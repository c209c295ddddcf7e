import { ActionIcon, Tooltip } from '@mantine/core';
import { X } from 'lucide-react';
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { usePreferences } from '../workbench/preferences.ts';
import { useCommands } from '../workbench/use-commands.ts';
import styles from './Flyout.module.css';

const DEFAULT_SHARE = 0.44;
const MIN_SHARE = 0.25;
const MAX_SHARE = 0.75;
const KEY_STEP = 0.03;

export interface FlyoutProps {
  /** Kind of thing shown; the width is remembered for it. */
  readonly kind: string;
  readonly label: string;
  readonly title: ReactNode;
  /** Buttons beside the close button. */
  readonly tools?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * Detail beside its list: pushes the list, takes 44 % unless dragged, closes with Esc and gives the focus
 * back; below 1100 px it covers the screen. Put it after the list in a flex row.
 */
export function Flyout({ kind, label, title, tools, onClose, children }: FlyoutProps) {
  const share = usePreferences((preferences) => preferences.flyoutShare[kind] ?? DEFAULT_SHARE);
  const ref = useRef<HTMLElement>(null);
  useCommands([
    {
      id: 'flyout.close',
      title: 'Close the flyout',
      category: 'View',
      keys: ['escape'],
      inPalette: false,
      run: onClose,
    },
  ]);
  return (
    <aside ref={ref} className={styles.flyout} style={{ width: `${share * 100}%` }} aria-label={label}>
      <Handle kind={kind} share={share} flyout={ref} />
      <header className={styles.header}>
        <div className={styles.title}>{title}</div>
        {tools}
        <Tooltip label="Close · Esc">
          <ActionIcon aria-label="Close" onClick={onClose}>
            <X />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={styles.body}>{children}</div>
    </aside>
  );
}

interface HandleProps {
  readonly kind: string;
  readonly share: number;
  readonly flyout: { readonly current: HTMLElement | null };
}

function Handle({ kind, share, flyout }: HandleProps) {
  const setShare = (next: number) => {
    const bounded = Math.min(MAX_SHARE, Math.max(MIN_SHARE, next));
    usePreferences.setState(({ flyoutShare }) => ({ flyoutShare: { ...flyoutShare, [kind]: bounded } }));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const handle = event.currentTarget;
    const row = flyout.current?.parentElement?.getBoundingClientRect();
    if (row === undefined) return;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => {
      setShare((row.right - move.clientX) / row.width);
    };
    handle.onpointerup = () => {
      handle.onpointermove = null;
    };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') setShare(share + KEY_STEP);
    else if (event.key === 'ArrowRight') setShare(share - KEY_STEP);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className={styles.handle}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the flyout"
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={MIN_SHARE * 100}
      aria-valuemax={MAX_SHARE * 100}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}
