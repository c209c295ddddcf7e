import { acceptsLogsource } from '#shared/model/logsource.ts';
import type { SigmaDocuments } from '../../detect/sigma/document/documents.ts';
import { RuleDirectory } from '../../detect/sigma/document/rule-directory.ts';
import { documentsOf, type SigmaDocument } from './rule-set.ts';

/**
 * What documents refer to among others: rules and correlations that a correlation joins, directly or through another,
 * and rules that a filter narrows. With them beside it, a text means what it will mean once it is saved.
 *
 * @param others documents of the same id as one of `documents` are left out: that one takes their place.
 */
export function neighboursOf(documents: SigmaDocuments, others: SigmaDocuments): SigmaDocuments {
  const own = new Set(documentsOf(documents).map(({ id }) => id));
  const candidates = documentsOf(others).filter(({ id }) => !own.has(id));
  const directory = new RuleDirectory<SigmaDocument>(candidates);
  const found = new Set<SigmaDocument>();
  const open = [...documentsOf(documents)];
  for (let document = open.pop(); document !== undefined; document = open.pop()) {
    for (const reference of referencesOf(document)) {
      for (const neighbour of documentsBehind(directory, reference)) {
        if (found.has(neighbour)) continue;
        found.add(neighbour);
        open.push(neighbour);
      }
    }
  }
  for (const filter of documents.filters) {
    if (filter.targets.kind !== 'any') continue;
    // One is enough to tell a filter that narrows something from one that narrows nothing.
    const narrowed = others.rules.find(
      (rule) => !own.has(rule.id) && acceptsLogsource(filter.logsource, rule.logsource),
    );
    if (narrowed !== undefined) found.add(narrowed);
  }
  return {
    rules: others.rules.filter((rule) => found.has(rule)),
    correlations: others.correlations.filter((correlation) => found.has(correlation)),
    filters: [],
  };
}

function referencesOf(document: SigmaDocument): readonly string[] {
  if ('targets' in document) {
    return document.targets.kind === 'any' ? [] : document.targets.references.map(({ text }) => text);
  }
  return 'rules' in document ? document.rules.map(({ text }) => text) : [];
}

/** Several of one name are all of them: that a reference is ambiguous is for the compiler to say. */
function documentsBehind(
  directory: RuleDirectory<SigmaDocument>,
  reference: string,
): readonly SigmaDocument[] {
  const found = directory.find(reference);
  switch (found.kind) {
    case 'found':
      return [found.document];
    case 'ambiguous':
      return found.documents;
    case 'missing':
      return [];
  }
}
