import type { ReactNode } from 'react';
import { formatCount } from '../../lib/numbers.ts';
import { GAP_WORDS, RECENCY_LABELS, SHADE_LABELS, type GapState } from './cell-face.ts';
import type { FiredWindow, MatrixChoice } from './coverage-choice.ts';
import shades from './CoverageGrid.module.css';
import styles from './CoverageScreen.module.css';
import type { Summary } from './summary.ts';

interface CoverageFactsProps {
  readonly version: string;
  readonly choice: MatrixChoice;
  readonly summary: Summary;
  /** Age of the numbers and its button. */
  readonly age: ReactNode;
}

const FIRED_WORDS: Readonly<Record<FiredWindow, string>> = {
  all: 'techniques have fired',
  '24h': 'techniques fired in the last 24 h',
  '7d': 'techniques fired in the last 7 d',
  recency: 'techniques have fired',
};

/** What the grid says in one line, what it does not claim, and how to read its shades. */
export function CoverageFacts({ version, choice, summary, age }: CoverageFactsProps) {
  return (
    <p className={styles.facts}>
      <span>
        <Headline choice={choice} summary={summary} />
      </span>
      <span>Rules mapped to a technique, not protection against it</span>
      <span className={styles.age}>
        ATT&CK {version} · {age}
      </span>
      <Legend choice={choice} />
    </p>
  );
}

function Headline({ choice, summary }: Pick<CoverageFactsProps, 'choice' | 'summary'>) {
  const { techniques, marked, wanted, missing, blind } = summary;
  const of = (count: number, whole: number) => (
    <strong>
      {formatCount(count)} of {formatCount(whole)}
    </strong>
  );
  switch (choice.mode) {
    case 'rules':
      return <>{of(marked, techniques)} techniques have an enabled rule</>;
    case 'data':
      return <>{of(marked, techniques)} techniques have an enabled rule whose log source sends events</>;
    case 'fired':
      return (
        <>
          {of(marked, techniques)} {FIRED_WORDS[choice.window]}
        </>
      );
    case 'gap':
      if (wanted === 0) return <>Choose a group, software or a layer to see what is missing</>;
      return (
        <>
          {of(missing, wanted)} wanted techniques have no rule on, {formatCount(blind)} have rules without
          data
        </>
      );
  }
}

const LEGEND_TITLES = {
  rules: 'Enabled rules',
  data: 'Enabled rules with data',
  fired: 'Times fired',
  gap: 'Wanted',
} as const;

const GAPS: readonly GapState[] = ['missing', 'blind', 'met'];

function Legend({ choice: { mode, window } }: Pick<CoverageFactsProps, 'choice'>) {
  const isRecency = mode === 'fired' && window === 'recency';
  const labels = isRecency ? RECENCY_LABELS : SHADE_LABELS;
  return (
    <span className={styles.legend} data-mode={mode}>
      {isRecency ? 'Last fired within' : LEGEND_TITLES[mode]}
      {mode === 'gap'
        ? GAPS.map((gap) => <Step key={gap} label={GAP_WORDS[gap]} shade={gap === 'met' ? 3 : 0} gap={gap} />)
        : labels.map((label, index) => <Step key={label} label={label} shade={index + 1} />)}
      {mode !== 'gap' && <Step label="no data" shade={0} isStriped />}
    </span>
  );
}

interface StepProps {
  readonly label: string;
  readonly shade: number;
  readonly gap?: GapState;
  readonly isStriped?: boolean;
}

function Step({ label, shade, gap, isStriped = false }: StepProps) {
  return (
    <span className={styles.step}>
      <i
        className={`${styles.swatch ?? ''} ${shades.shade ?? ''}`}
        data-shade={shade}
        data-gap={gap}
        data-striped={isStriped || gap === 'blind'}
      />
      {label}
    </span>
  );
}
