import type { LoadedRule } from '../../../pipeline/rules.ts';
import { joinDocuments } from './documents.ts';
import type { ParsedFile } from './parse-rule.ts';
import { findRuleFiles, parseRuleText, readRuleText } from './rule-files.ts';
import { fieldsOf, type DocumentMetadata, type Selection } from './rule.ts';

export interface LoadedFiles extends ParsedFile {
  /** Rule files that were read. */
  readonly files: number;
}

/**
 * Reads rules from files and folders (all .yml and .yaml below them, by name). What cannot be read or has not
 * the shape of a rule is listed; nothing is skipped without a word.
 */
export function loadRules(paths: readonly string[]): LoadedFiles {
  const found = findRuleFiles(paths);
  const parsed = found.files.map((file) => parseRuleText(file, readRuleText(file)));
  const problems = [...found.problems, ...parsed.flatMap((file) => file.problems)];
  return { ...joinDocuments(parsed), problems, files: found.files.length };
}

/** A rule, correlation or filter as lists and details show it. */
export function toLoadedRule(
  rule: DocumentMetadata & { readonly selections?: readonly Selection[] },
  origin: LoadedRule['origin'],
): LoadedRule {
  return {
    kind: rule.kind,
    id: rule.id,
    name: rule.name,
    title: rule.title,
    level: rule.level,
    status: rule.status,
    author: rule.author,
    description: rule.description,
    references: rule.references,
    falsePositives: rule.falsePositives,
    tags: rule.tags,
    attack: rule.attack,
    logsource: rule.logsource,
    fields: fieldsOf(rule.selections ?? []),
    origin,
    file: rule.file,
    yaml: rule.yaml,
    enabled: true,
    levelOverride: null,
    original: null,
    version: 0,
    date: rule.date,
    modified: rule.modified,
  };
}
