import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { RULE_CHECKS } from '../../../detect/sigma/lint/checks.ts';
import type { RuleProblem } from '../../../pipeline/rules.ts';
import { version } from '../../version.ts';

/** Problems as SARIF 2.1.0 (OASIS), which code review and continuous integration show beside the lines. */
export function sarifFindings(problems: readonly RuleProblem[]): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'harrier', version: version(), rules: RULE_CHECKS.map(ruleOf) } },
        results: problems.map(resultOf),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf({ id, summary }: (typeof RULE_CHECKS)[number]): object {
  return { id, shortDescription: { text: summary } };
}

function resultOf({ file, line, column, stage, check, severity, message, hint }: RuleProblem): object {
  return {
    ruleId: check ?? stage,
    level: severity,
    message: { text: hint === '' ? message : `${message} ${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  };
}

/** Relative paths stay relative, so that a report made in one checkout fits another. */
function uriOf(file: string): string {
  if (path.isAbsolute(file)) return pathToFileURL(file).href;
  return file.split(path.sep).map(encodeURIComponent).join('/');
}
