import { Link } from '@tanstack/react-router';
import { HostileText } from '../../../ui/HostileText.tsx';
import { ruleLink } from '../../../workbench/links.ts';
import { useRules } from '../use-rules.ts';

/** A rule that another one names by its id or its name: its title, or the reference when nothing is loaded for it. */
export function RuleReference({ reference }: { readonly reference: string }) {
  const { data } = useRules();
  const rule = data?.items.find(({ id, name }) => id === reference || name === reference);
  if (rule === undefined) {
    return (
      <span title={data === undefined ? undefined : 'No loaded rule has this id or name'}>
        <HostileText text={reference} />
      </span>
    );
  }
  return (
    <Link {...ruleLink(rule.id)} title={reference}>
      <HostileText text={rule.title} />
    </Link>
  );
}
