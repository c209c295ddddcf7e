import { HostileText } from '../../../ui/HostileText.tsx';
import { conditionParts } from './condition-parts.ts';
import styles from './Logic.module.css';

interface ConditionProps {
  readonly text: string;
  readonly names: readonly string[];
  /** Names that the word under the pointer stands for; empty when it left. */
  readonly onPoint: (names: readonly string[]) => void;
}

/** A condition as written, with its operators quiet and its selections marked. */
export function Condition({ text, names, onPoint }: ConditionProps) {
  return (
    <p className={styles.condition} aria-label="Condition">
      {conditionParts(text, names).map((part, index) => {
        if (part.kind === 'word') return <b key={index}>{part.text}</b>;
        if (part.kind === 'text') return <HostileText key={index} text={part.text} />;
        return (
          <span
            key={index}
            className={styles.name}
            title={part.names.length === 1 ? undefined : `Stands for ${part.names.join(', ')}`}
            onPointerEnter={() => onPoint(part.names)}
            onPointerLeave={() => onPoint([])}
          >
            <HostileText text={part.text} />
          </span>
        );
      })}
    </p>
  );
}
