import type { LogSource } from '#shared/model/event.ts';
import type { Level } from '#shared/model/severity.ts';
import type { TellingItem } from './telling-items.ts';

/** What a draft is written from. */
export interface DraftMaterial {
  /** UUID of the new rule. */
  readonly id: string;
  /** Rule or detector whose alerts were confirmed. */
  readonly ruleId: string;
  readonly title: string;
  readonly level: Level;
  readonly tags: readonly string[];
  readonly logsource: LogSource;
  readonly items: readonly TellingItem[];
  /** Phrases of the message, all of them together; used when no field says anything. */
  readonly phrases: readonly string[];
  /** Alerts that analysts called true positives, and the events of theirs that were compared. */
  readonly alerts: number;
  readonly events: number;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Title of a rule: specification, "title". */
const MAX_TITLE_CHARS = 256;

/** A Sigma rule for what confirmed alerts have in common: experimental, to be read and tried by a person. */
export function draftRule(material: DraftMaterial): string {
  const { ruleId, logsource, tags } = material;
  const title = `${material.title} (as confirmed)`.slice(0, MAX_TITLE_CHARS);
  const lines = [
    `title: ${scalar(title)}`,
    `id: ${material.id}`,
    ...(UUID.test(ruleId) ? ['related:', `    - id: ${ruleId}`, '      type: derived'] : []),
    'status: experimental',
    'description: |',
    '    Machine draft. What the events of confirmed alerts share and ordinary events of the same kind rarely have:',
    `    ${material.events} events of ${material.alerts} alerts that analysts called true positives.`,
    'author: Harrier, from analyst feedback',
    `date: ${material.date}`,
    ...(tags.length === 0 ? [] : ['tags:', ...tags.map((tag) => `    - ${scalar(tag)}`)]),
    'logsource:',
    ...logsourceLines(logsource),
    'detection:',
    '    selection:',
    ...selectionLines(material),
    '    condition: selection',
    'falsepositives:',
    '    - Unknown; try it on stored events before switching it on',
    `level: ${material.level}`,
  ];
  return `${lines.join('\n')}\n`;
}

function logsourceLines({ category, product, service }: LogSource): readonly string[] {
  // A category says more than the service that happened to carry it.
  const named = { category, product, service: category === null ? service : null };
  return Object.entries(named).flatMap(([key, value]) =>
    value === null ? [] : [`    ${key}: ${scalar(value)}`],
  );
}

function selectionLines({ items, phrases }: DraftMaterial): readonly string[] {
  if (items.length > 0) return items.flatMap(itemLines);
  return [`        '|all':`, ...phrases.map((phrase) => `            - ${sigmaValue(phrase)}`)];
}

function itemLines({ field, modifier, values }: TellingItem): readonly string[] {
  const key = `        ${scalar(modifier === null ? field : `${field}|${modifier}`)}:`;
  const [only] = values;
  if (values.length === 1 && only !== undefined) return [`${key} ${sigmaValue(only)}`];
  return [key, ...values.map((value) => `            - ${sigmaValue(value)}`)];
}

function sigmaValue(value: string | number | boolean): string {
  return typeof value === 'string' ? scalar(escaped(value)) : String(value);
}

/** Text as Sigma has to write it to mean itself: wildcards escaped, backslashes doubled where one alone would escape. */
function escaped(text: string): string {
  return text.replace(
    /(\\+)(?=([*?])?)|[*?]/g,
    (found, slashes: string | undefined, wildcard: string | undefined) => {
      if (slashes === undefined) return `\\${found}`;
      return slashes.length === 1 && wildcard === undefined ? slashes : slashes.repeat(2);
    },
  );
}

/** A YAML scalar: plain where that is safe, single-quoted by house style, JSON where control characters need it. */
function scalar(text: string): string {
  if (/^[A-Za-z_][\w.|-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)) return text;
  // eslint-disable-next-line no-control-regex -- control characters cannot stand in a single-quoted scalar
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)
    ? JSON.stringify(text)
    : `'${text.replaceAll("'", "''")}'`;
}
