import { runCase } from '../../rules/conformance/runner/run-case.ts';
import { loadSuite } from '../../rules/conformance/runner/suite.ts';
import { report } from '../kit.ts';

/** The conformance suite: cases that pass, by section of the Sigma specification. */
export function run(): Promise<void> {
  let passed = 0;
  let total = 0;
  for (const { section, cases } of loadSuite()) {
    const held = cases.filter((one) => runCase(one).length === 0).length;
    report('conformance', section, { section, passed: held, total: cases.length });
    passed += held;
    total += cases.length;
  }
  report('conformance', 'total', { passed, total });
  return Promise.resolve();
}
