import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { CodeView } from '../../../ui/CodeView.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { copyRuleLink } from '../../../workbench/links.ts';
import styles from './RuleDetail.module.css';

/** The text that runs, and the file that it came from. */
export function SourceTab({ rule }: { readonly rule: RuleDetailWire }) {
  return (
    <>
      <div className={styles.sourceTools}>
        <span className={styles.file}>
          <HostileText text={rule.file} maxLength={80} />
          {rule.edited && ', edited here'}
        </span>
        <LinkButton link={copyRuleLink(rule.id)}>Edit a copy</LinkButton>
      </div>
      <CodeView text={rule.yaml_source} language="yaml" label="rule source" />
    </>
  );
}
