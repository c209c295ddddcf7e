import { Link } from '@tanstack/react-router';
import { useQueries } from '@tanstack/react-query';
import type { RuleDetailWire, RuleWire } from '#shared/contract/sigma.ts';
import { acceptsLogsource } from '#shared/model/logsource.ts';
import { callApi } from '../../../api/client.ts';
import { HostileText } from '../../../ui/HostileText.tsx';
import { ruleLink } from '../../../workbench/links.ts';
import { ruleLogic } from '../logic/rule-logic.ts';
import { useRules } from '../use-rules.ts';
import styles from './TuningTab.module.css';

/** Filters narrow a rule without touching its text, so the rule must say which do. */
export function FiltersOn({ rule }: { readonly rule: RuleDetailWire }) {
  const filters = useRules().data?.items.filter(({ kind }) => kind === 'filter') ?? [];
  const details = useQueries({
    queries: filters.map(({ id }) => ({
      queryKey: ['getRule', { params: { rule_id: id } }],
      queryFn: () => callApi('getRule', { params: { rule_id: id } }),
    })),
  });
  const applied = details.flatMap(({ data }) => (data !== undefined && narrows(data, rule) ? [data] : []));
  return (
    <section className={styles.part} aria-label="Filters">
      <h2>Filters that apply</h2>
      {applied.length === 0 ? (
        <p className={styles.quiet}>
          None. A filter excludes what is known to be harmless without a change of the rule.
        </p>
      ) : (
        <ul className={styles.filters}>
          {applied.map((filter) => (
            <li key={filter.id}>
              <Link {...ruleLink(filter.id)}>
                <HostileText text={filter.title} />
              </Link>
              {!filter.enabled && <span className={styles.quiet}> is off</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** By id or name; a filter for any rule narrows those of its log source, as the engine decides it. */
function narrows(filter: RuleDetailWire, rule: RuleWire): boolean {
  const logic = ruleLogic(filter.yaml_source, filter.id);
  if (logic?.kind !== 'filter') return false;
  const isNamed =
    logic.targets === null || logic.targets.some((target) => target === rule.id || target === rule.name);
  return rule.kind === 'sigma' && isNamed && acceptsLogsource(filter.logsource, rule.logsource);
}
