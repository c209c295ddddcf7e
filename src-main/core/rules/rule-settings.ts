import { AppError } from '#shared/errors/app-error.ts';
import { parsePipeline } from '../../detect/sigma/processing/parse-pipeline.ts';
import { STANDARD_PLACEHOLDERS } from '../../detect/sigma/processing/value-lists.ts';
import type {
  PipelineSetting,
  PipelineText,
  PlaceholderList,
  RuleSettingsCommands,
  SettingOrigin,
} from '../../pipeline/rule-settings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { RecordKind, WorkspaceRecord } from '../../store/interface/records.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';
import type { RuleBook } from './rule-book.ts';
import { readStoredSettings, type PipelineBody, type PlaceholderBody } from './stored-settings.ts';

export interface RuleSettingsParts {
  readonly book: RuleBook;
  readonly reader: Pick<StoreReader, 'records'>;
  readonly writer: Pick<StoreWriter, 'saveRecord' | 'deleteRecord'>;
  readonly clock: Clock;
}

/** Value lists and pipelines that people keep. A change is stored, takes effect, or is taken back. */
export class RuleSettingsEditor implements RuleSettingsCommands {
  readonly #parts: RuleSettingsParts;

  constructor(parts: RuleSettingsParts) {
    this.#parts = parts;
  }

  async placeholders(): Promise<readonly PlaceholderList[]> {
    const { placeholderUse, fromFiles } = this.#parts.book.settingsInUse;
    const stored = await readStoredSettings(this.#parts.reader);
    const own = new Map(stored.placeholders.map((list) => [list.name, list]));
    const ofFiles = new Map(Object.entries(fromFiles.placeholders));
    const rules = new Map(Object.entries(placeholderUse));
    const names = new Set<string>([
      ...own.keys(),
      ...ofFiles.keys(),
      ...rules.keys(),
      ...STANDARD_PLACEHOLDERS,
    ]);
    return [...names].sort().map((name) => {
      const list = own.get(name);
      const ofFile = ofFiles.get(name);
      const origin: SettingOrigin | null =
        list !== undefined ? 'stored' : ofFile !== undefined ? 'file' : null;
      return {
        name,
        values: list?.values ?? ofFile ?? [],
        origin,
        isStandard: STANDARD_PLACEHOLDERS.some((standard) => standard === name),
        rules: rules.get(name) ?? 0,
        updatedTs: list?.updatedTs ?? null,
      };
    });
  }

  async savePlaceholder(name: string, values: readonly string[]): Promise<PlaceholderList> {
    const body: PlaceholderBody = { values: [...values] };
    await this.#save('placeholder', name, body);
    const saved = (await this.placeholders()).find((list) => list.name === name);
    if (saved === undefined) throw new Error(`The list ${name} was saved and is not there.`);
    return saved;
  }

  async deletePlaceholder(name: string): Promise<void> {
    await this.#remove('placeholder', name, `A stored list ${name}`);
  }

  async pipelines(): Promise<readonly PipelineSetting[]> {
    const stored = await readStoredSettings(this.#parts.reader);
    const { pipelines } = this.#parts.book.settingsInUse.fromFiles;
    const all = [
      ...pipelines.map((pipeline) => settingOf(pipeline, 'file', null)),
      ...stored.pipelines.map((pipeline) => settingOf(pipeline, 'stored', pipeline.updatedTs)),
    ];
    return all.sort((left, right) => left.priority - right.priority);
  }

  async savePipeline({ name, yaml, enabled }: PipelineText): Promise<PipelineSetting> {
    const error = parsePipeline(yaml, name).problems.find(({ severity }) => severity === 'error');
    if (error !== undefined) {
      const reason = `line ${error.line}, column ${error.column}: ${error.message} ${error.hint}`;
      throw new AppError('pipeline_invalid', { reason: reason.replace(/\.$/, '') });
    }
    const body: PipelineBody = { yaml, enabled };
    const updatedTs = await this.#save('pipeline', name, body);
    return settingOf({ name, ...body }, 'stored', updatedTs);
  }

  async deletePipeline(name: string): Promise<void> {
    await this.#remove('pipeline', name, `A stored pipeline ${name}`);
  }

  async #save(kind: RecordKind, name: string, body: PlaceholderBody | PipelineBody): Promise<number> {
    const { writer, clock } = this.#parts;
    const before = await this.#record(kind, name);
    const updatedTs = clock.now();
    await writer.saveRecord({ kind, name, body: JSON.stringify(body), updatedTs });
    await this.#takeEffect(kind, name, before);
    return updatedTs;
  }

  async #remove(kind: RecordKind, name: string, what: string): Promise<void> {
    const before = await this.#record(kind, name);
    if (!(await this.#parts.writer.deleteRecord(kind, name))) throw new AppError('not_found', { what });
    await this.#takeEffect(kind, name, before);
  }

  /** What is stored and not in force would come into force by surprise, at the next start. */
  async #takeEffect(kind: RecordKind, name: string, before: WorkspaceRecord | null): Promise<void> {
    const { book, writer } = this.#parts;
    try {
      await book.load('change');
    } catch (error) {
      if (before === null) await writer.deleteRecord(kind, name);
      else await writer.saveRecord(before);
      throw error;
    }
  }

  async #record(kind: RecordKind, name: string): Promise<WorkspaceRecord | null> {
    const records = await this.#parts.reader.records(kind);
    return records.find((record) => record.name === name) ?? null;
  }
}

function settingOf(
  { name, yaml, enabled }: PipelineText,
  origin: SettingOrigin,
  updatedTs: number | null,
): PipelineSetting {
  const { pipeline, problems } = parsePipeline(yaml, name);
  return {
    name,
    yaml,
    enabled,
    origin,
    priority: pipeline?.priority ?? 0,
    transformations: pipeline?.items.length ?? 0,
    problems,
    updatedTs,
  };
}
