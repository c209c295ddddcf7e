import { constructFromEvents, CORE_SCHEMA, parseEvents } from 'js-yaml';

/** Those of the core (platform/yaml.ts), which has already refused what goes beyond them. */
const LIMITS = { maxAliases: 10, maxTotalMergeKeys: 1000 } as const;
const MAX_DEPTH = 20;

/** The documents of a YAML text, for drawing; none when it cannot be read. What is wrong with it the core says. */
export function readYaml(text: string): readonly unknown[] {
  try {
    return constructFromEvents(parseEvents(text, { maxDepth: MAX_DEPTH }), {
      source: text,
      schema: CORE_SCHEMA,
      ...LIMITS,
    });
  } catch {
    return [];
  }
}
