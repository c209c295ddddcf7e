/** What a new rule starts from: every part that Sigma asks for, ready to be changed. */
export const RULE_TEMPLATE = `title: Describe what the rule finds
id: 00000000-0000-4000-8000-000000000000
status: experimental
description: Say what happens and why it matters.
author: You
tags:
    - attack.execution
    - attack.t1059.001
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\\powershell.exe'
        CommandLine|contains: ' -enc '
    condition: selection
falsepositives:
    - Administration scripts
level: medium
`;

const ID_LINE = /^id:.*$/m;

/** The text with an id of its own, so that saving it never meets another rule's. */
export function withNewId(yaml: string, id: string): string {
  const line = `id: ${id}`;
  return ID_LINE.test(yaml) ? yaml.replace(ID_LINE, line) : yaml.replace(/^(title:.*)$/m, `$1\n${line}`);
}
