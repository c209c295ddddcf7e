import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { FieldValue } from '#shared/model/event.ts';
import { parseYaml } from '#main/platform/yaml.ts';

/** Folder of the suite's files. */
const FOLDER = path.join(import.meta.dirname, '..');
/** What the cases must cover; not a file of cases. */
const CHECKLIST = 'checklist.yml';
/** The longest file of cases may grow to this; the YAML reader's own default is made for settings. */
const MAX_FILE_CHARS = 1024 * 1024;

const fieldValue: z.ZodType<FieldValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(fieldValue),
    z.record(z.string(), fieldValue),
  ]),
);
const fields = z.record(z.string(), fieldValue);
const logsource = z.strictObject({
  category: z.string().nullable().default(null),
  product: z.string().nullable().default(null),
  service: z.string().nullable().default(null),
});

const caseEvent = z.strictObject({
  fields: fields.default({}),
  /** Or: the record as it stands in a log file. */
  record: z.string().optional(),
  message: z.string().optional(),
  /** Seconds since the start of the case, or an ISO time. */
  at: z.union([z.number(), z.iso.datetime({ offset: true })]).optional(),
  logsource: logsource.optional(),
  /** Ids of the rules that match at this event. */
  matches: z.array(z.string()).default([]),
  /** Of a correlation that matches here: the numbers of the events that made it, counted from 1. */
  contributors: z.record(z.string(), z.array(z.int())).optional(),
});

const suiteCase = z
  .strictObject({
    name: z.string(),
    /** Where the specification says so, if not where the file's section does. */
    specification: z.string().optional(),
    note: z.string().optional(),
    covers: z.array(z.string()).min(1),
    detection: z.string().optional(),
    rules: z.string().optional(),
    logsource: logsource.optional(),
    placeholders: z.record(z.string(), z.array(z.string())).optional(),
    pipelines: z.array(z.string()).optional(),
    fires: z.array(fields).default([]),
    silent: z.array(fields).default([]),
    events: z.array(caseEvent).default([]),
    rejected: z
      .strictObject({
        line: z.int(),
        message: z.string().optional(),
        /** Which of the texts is refused; rules run without a pipeline that is. */
        in: z.enum(['rules', 'pipeline']).default('rules'),
      })
      .optional(),
    warned: z.strictObject({ line: z.int(), message: z.string().optional() }).optional(),
    /** Ids of rules that nothing in the events could have matched. */
    unmatchable: z.array(z.string()).optional(),
    metadata: z.record(z.string(), z.unknown()).optional(),
  })
  .refine((one) => (one.detection === undefined) !== (one.rules === undefined), 'needs detection or rules');

const suiteFile = z.strictObject({
  section: z.string(),
  specification: z.string(),
  cases: z.array(suiteCase).min(1),
});

const checklist = z.array(z.strictObject({ id: z.string(), says: z.string(), source: z.string() })).min(1);

export type CaseEvent = z.infer<typeof caseEvent>;
export type SuiteCase = z.infer<typeof suiteCase>;
export type SuiteFile = z.infer<typeof suiteFile>;
export type ChecklistLine = z.infer<typeof checklist>[number];

/** All files of the suite, by name. Throws when one has not the format that the suite's README describes. */
export function loadSuite(): readonly SuiteFile[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yml') && name !== CHECKLIST)
    .sort()
    .map((name) => suiteFile.parse(documentOf(name)));
}

/** The statements of the specification that the suite must cover. */
export function loadChecklist(): readonly ChecklistLine[] {
  return checklist.parse(documentOf(CHECKLIST));
}

function documentOf(name: string): unknown {
  const outcome = parseYaml(readFileSync(path.join(FOLDER, name), 'utf8'), MAX_FILE_CHARS);
  if (outcome.ok) return outcome.documents[0];
  throw new Error(`${name}:${outcome.failure.line}: ${outcome.failure.message}`);
}
