import { createHash } from 'node:crypto';
import { LEVELS, type Level } from '#shared/model/severity.ts';
import type { RuleKind } from '#shared/model/rule-kind.ts';
import { attackOf } from './attack-tags.ts';
import { isMap, type Attributes } from './attributes.ts';
import {
  RuleRejected,
  type DocumentMetadata,
  type RelatedRule,
  type RelationType,
  type RuleSource,
} from './rule.ts';
import { parseTags } from './tags.ts';

/** Ids become part of keys and addresses, never of paths (reliability T7). */
const ID = /^[A-Za-z0-9._-]{1,128}$/;
const STATUSES = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];
/** Specification, "title", "name" and "taxonomy". */
const MAX_TITLE_CHARS = 256;
/** Specification, "description". */
const MAX_DESCRIPTION_CHARS = 65_535;
/** Field names of rules are Sigma's own unless the rule says otherwise (specification, "taxonomy"). */
const DEFAULT_TAXONOMY = 'sigma';
const RELATIONS: readonly RelationType[] = ['derived', 'obsolete', 'merged', 'renamed', 'similar'];

/** Attributes that Sigma gives a meaning; all others are the author's own. */
const STANDARD: ReadonlySet<string> = new Set([
  ...[
    'title',
    'id',
    'related',
    'name',
    'taxonomy',
    'status',
    'description',
    'license',
    'author',
    'references',
  ],
  ...['date', 'modified', 'logsource', 'detection', 'fields', 'falsepositives', 'level', 'tags', 'scope'],
  ...['correlation', 'filter', 'generate', 'action'],
]);

/** Everything that a document of `kind` says besides its logsource and what it looks for. */
export type Metadata = Omit<DocumentMetadata, 'logsource'>;

/**
 * Reads what a document says of itself (specification, "Components"). Throws `RuleRejected` where it could not
 * be told from others (title, id) or would run with a meaning that nobody wrote (level).
 */
export function parseMetadata(kind: RuleKind, attributes: Attributes, source: RuleSource): Metadata {
  const { document } = attributes;
  const title = parseTitle(attributes);
  const name = attributes.text('name', MAX_TITLE_CHARS).trim();
  const tags = parseTags(attributes);
  return {
    kind,
    id: parseId(attributes, { title, name }),
    title,
    name: name === '' ? null : name,
    level: kind === 'filter' ? 'informational' : parseLevel(attributes),
    status: parseStatus(attributes),
    author: attributes.text('author'),
    description: attributes.text('description', MAX_DESCRIPTION_CHARS),
    references: attributes.texts('references'),
    falsePositives: attributes.texts('falsepositives'),
    tags,
    attack: attackOf(tags),
    date: attributes.date('date'),
    modified: attributes.date('modified'),
    related: parseRelated(attributes),
    taxonomy: parseTaxonomy(attributes),
    license: attributes.text('license'),
    scope: attributes.texts('scope'),
    displayFields: attributes.texts('fields'),
    custom: Object.fromEntries(Object.entries(document).filter(([key]) => !STANDARD.has(key))),
    ...source,
  };
}

function parseTitle({ document: { title } }: Attributes): string {
  if (typeof title !== 'string' || title.trim() === '') {
    throw new RuleRejected(['title'], 'The rule has no title.', 'Add "title: ..." as text.');
  }
  if (title.length > MAX_TITLE_CHARS) {
    throw new RuleRejected(['title'], `The title is longer than ${MAX_TITLE_CHARS}.`, 'Shorten the title.');
  }
  return title;
}

/** The specification leaves ids optional; alerts need one that is the same at every start. */
function parseId(attributes: Attributes, called: { readonly title: string; readonly name: string }): string {
  const { id } = attributes.document;
  if (id === undefined || id === null) {
    const [from, text] = called.name === '' ? ['title', called.title] : ['name', called.name];
    const hint = `Add "id:" with a random UUID, so that alerts keep their rule when its ${from} changes.`;
    attributes.warn(['title'], `The rule has no id; one was derived from its ${from}.`, hint);
    return `${from}-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  }
  const asText = typeof id === 'number' ? String(id) : id;
  if (typeof asText === 'string' && ID.test(asText)) return asText;
  throw new RuleRejected(['id'], 'The id is not usable.', 'Use a UUID: letters, digits, ".", "_" and "-".');
}

function parseLevel(attributes: Attributes): Level {
  const { level } = attributes.document;
  if (level === undefined || level === null) {
    const hint = `Add "level:" with one of ${LEVELS.join(', ')}.`;
    attributes.warn(['title'], 'The rule has no level; medium is used.', hint);
    return 'medium';
  }
  const known = LEVELS.find((name) => name === level);
  if (known !== undefined) return known;
  const given = typeof level === 'string' ? `"${level}"` : 'What is given';
  throw new RuleRejected(['level'], `${given} is not a level.`, `Use one of ${LEVELS.join(', ')}.`);
}

function parseStatus(attributes: Attributes): string {
  const status = attributes.text('status');
  if (status !== '' && !STATUSES.includes(status)) {
    attributes.warn(['status'], `"${status}" is not a status.`, `Use one of ${STATUSES.join(', ')}.`);
  }
  return status;
}

function parseTaxonomy(attributes: Attributes): string {
  const taxonomy = attributes.text('taxonomy', MAX_TITLE_CHARS);
  if (taxonomy === '' || taxonomy === DEFAULT_TAXONOMY) return DEFAULT_TAXONOMY;
  const hint = 'A processing pipeline can map its names to those of the events.';
  attributes.warn(['taxonomy'], `The names of the taxonomy "${taxonomy}" are used as they are.`, hint);
  return taxonomy;
}

function parseRelated(attributes: Attributes): readonly RelatedRule[] {
  const { related } = attributes.document;
  if (related === undefined || related === null) return [];
  const members: readonly unknown[] = Array.isArray(related) ? related : [related];
  return members.flatMap((member, index) => {
    const { id, type } = isMap(member) ? member : {};
    const known = RELATIONS.find((name) => name === type);
    if (typeof id === 'string' && known !== undefined) return [{ id, type: known }];
    const hint = `Give it an id and a type: ${RELATIONS.join(', ')}.`;
    attributes.warn(['related', index], 'This is not a related rule; it was ignored.', hint);
    return [];
  });
}
