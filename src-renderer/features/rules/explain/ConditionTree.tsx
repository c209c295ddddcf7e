import type { ConditionNodeWire } from '#shared/contract/rule-explanation.ts';
import { HostileText } from '../../../ui/HostileText.tsx';
import styles from './Explanation.module.css';
import { HoldsMark } from './HoldsMark.tsx';

const WORDS = { and: 'all of', or: 'any of', not: 'not' } as const;

/** The condition as a tree, each part with whether it holds for the event. */
export function ConditionTree({ node }: { readonly node: ConditionNodeWire }) {
  return (
    <ul className={styles.tree}>
      <Node node={node} />
    </ul>
  );
}

function Node({ node }: { readonly node: ConditionNodeWire }) {
  return (
    <li>
      <span className={styles.node}>
        <HoldsMark holds={node.holds} />
        {node.kind === 'selection' ? (
          <span className="mono">
            <HostileText text={node.selection ?? ''} />
          </span>
        ) : (
          <span className={styles.operator}>{WORDS[node.kind]}</span>
        )}
      </span>
      {node.operands.length > 0 && (
        <ul>
          {node.operands.map((operand, index) => (
            <Node key={index} node={operand} />
          ))}
        </ul>
      )}
    </li>
  );
}
