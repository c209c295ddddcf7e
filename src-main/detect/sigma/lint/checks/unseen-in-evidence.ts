import { acceptsLogsource, logsourceText } from '#shared/model/logsource.ts';
import { warning, type RuleCheck } from '../check.ts';
import { itemsOf } from '../items.ts';

/** Only with evidence at hand: whether its events could match at all. */
export const unseenInEvidence: RuleCheck = {
  id: 'unseen-in-evidence',
  summary: 'A logsource or a field that none of the given events has.',
  *check({ rule }, { evidence }) {
    if (evidence === null) return;
    const accepted = evidence.filter((one) => acceptsLogsource(rule.logsource, one));
    if (accepted.length === 0) {
      const message = `No event of the evidence is ${logsourceText(rule.logsource)} (product/category/service).`;
      yield warning(['logsource'], message, 'Give evidence of these logs, or correct the logsource.');
      return;
    }
    const seen = new Set<string>();
    for (const { field, path } of itemsOf(rule)) {
      if (field === null || seen.has(field)) continue;
      seen.add(field);
      if (accepted.some(({ fields }) => fields.has(field))) continue;
      const hint = 'A comparison with a field that is missing is false; its "not" is true.';
      yield warning(path, `No event of the evidence has the field "${field}".`, hint);
    }
  },
};
