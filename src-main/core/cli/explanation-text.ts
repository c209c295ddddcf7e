import { logsourceText } from '#shared/model/logsource.ts';
import { visible } from '#shared/text/visible.ts';
import type {
  ConditionNode,
  ExplainedFilter,
  ExplainedSelection,
  LogsourceVerdict,
  RuleExplanation,
} from '../../pipeline/rule-questions.ts';

/** An explanation for a terminal: the outcome, the logsource, the condition as a tree, each line, the nearest miss. */
export function explanationText(explanation: RuleExplanation): string {
  const { title, ruleId, matched, summary } = explanation;
  const lines = [
    `${mark(matched)} ${visible(title)} (${visible(ruleId)})`,
    `  ${visible(summary)}`,
    '',
    ...logsourceLines(explanation.logsource),
    ...explanation.conditions.flatMap(({ text, root }) => [
      '',
      `Condition: ${visible(text)}`,
      ...tree(root, 1),
    ]),
    ...explanation.selections.flatMap((selection) => ['', ...selectionLines(selection)]),
    ...explanation.filters.flatMap(filterLines),
    ...changeLines(explanation),
  ];
  return `${lines.join('\n')}\n\n`;
}

function mark(holds: boolean): string {
  return holds ? '[x]' : '[ ]';
}

function logsourceLines({ accepted, rule, event, resolvedFrom }: LogsourceVerdict): readonly string[] {
  return [
    `${mark(accepted)} Logsource (product/category/service)`,
    `    rule   ${visible(logsourceText(rule))}`,
    `    event  ${visible(logsourceText(event))}, from ${visible(resolvedFrom)}`,
  ];
}

function tree({ kind, holds, selection, operands }: ConditionNode, depth: number): readonly string[] {
  const line = `${'  '.repeat(depth)}${mark(holds)} ${visible(selection ?? kind)}`;
  return [line, ...operands.flatMap((operand) => tree(operand, depth + 1))];
}

function selectionLines({ name, holds, role, alternatives }: ExplainedSelection): readonly string[] {
  const items = alternatives.flatMap((alternative, index) => [
    ...(alternatives.length > 1 ? [`  ${mark(alternative.holds)} alternative ${index + 1}`] : []),
    ...alternative.items.map(
      (item) => `    ${mark(item.holds)} line ${item.line}: ${visible(item.sentence)}`,
    ),
  ]);
  return [`${mark(holds)} ${visible(name)} (${role})`, ...items];
}

function filterLines({ title, holds, conditions, selections }: ExplainedFilter): readonly string[] {
  return [
    '',
    `${mark(holds)} Filter: ${visible(title)}`,
    ...conditions.flatMap(({ root }) => tree(root, 1)),
    ...selections.flatMap((selection) => selectionLines(selection).map((line) => `  ${line}`)),
  ];
}

function changeLines({ matched, changes }: RuleExplanation): readonly string[] {
  if (matched || changes.length === 0) return [];
  const lines = changes.map(({ selection, mustHold, sentence, line }) => {
    const verb = mustHold ? 'must hold' : 'must not hold';
    return `  ${visible(selection)}, line ${line} ${verb}: ${visible(sentence)}`;
  });
  return ['', 'To match:', ...lines];
}
