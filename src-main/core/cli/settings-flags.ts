import { Option } from 'commander';
import { AppError } from '#shared/errors/app-error.ts';
import { loadSettings } from '../../detect/sigma/processing/load-settings.ts';
import { NO_RULE_SETTINGS, type RuleSettings } from '../../pipeline/rule-settings.ts';

/** What the commands that run rules take besides rules. */
export interface SettingsFlags {
  readonly pipeline?: readonly string[];
  readonly placeholders?: readonly string[];
}

export function pipelineOption(): Option {
  const help = "processing pipelines in pySigma's YAML format: files and folders";
  return new Option('--pipeline <path...>', help);
}

export function placeholdersOption(): Option {
  return new Option('--placeholders <file...>', 'values for placeholders: YAML, from name to list');
}

/**
 * The settings that the flags name. Throws `config_invalid` at the first error in them: rules that were meant to be
 * changed must not run unchanged.
 */
export function settingsFromFiles({ pipeline = [], placeholders = [] }: SettingsFlags): RuleSettings {
  const settings = { ...NO_RULE_SETTINGS, pipelinePaths: pipeline, placeholderPaths: placeholders };
  const error = loadSettings(settings).problems.find(({ severity }) => severity === 'error');
  if (error === undefined) return settings;
  const { file, line, column, message } = error;
  const reason = `${file}:${line}:${column}: ${message.replace(/\.$/, '')}`;
  throw new AppError('config_invalid', { reason });
}
