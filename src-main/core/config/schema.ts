import { z } from 'zod';
import { LOG_LEVELS } from '../../telemetry/logger.ts';

/** Requests per window, as document 000 writes it: "60/minute". */
const rate = z
  .string()
  .regex(/^\d{1,6}\/(second|minute|hour)$/, 'write it as "60/minute"')
  .meta({ description: 'Requests per second, minute or hour' });

const port = z.number().int().min(0).max(65_535);

/**
 * Every setting of the headless core, with its default. Names follow document 000 and facts 1.2 where they name
 * one. Unknown names are refused: a misspelt setting must not be ignored in silence.
 */
export const configSchema = z.strictObject({
  api_host: z.string().default('127.0.0.1').meta({ description: 'Address to serve on' }),
  api_port: port.default(8080).meta({ description: 'Port to serve on; 0 picks a free one' }),
  api_auth_mode: z
    .enum(['required', 'disabled'])
    .default('required')
    .meta({ description: 'disabled opens the API to this machine: loopback addresses only' }),
  api_allowed_hosts: z
    .array(z.string())
    .default([])
    .meta({ description: 'Names besides loopback that the server answers to' }),
  api_allowed_origins: z
    .array(z.string())
    .default([])
    .meta({ description: 'Web origins that may call the API; exact, no wildcards' }),
  api_trust_proxy_headers: z
    .boolean()
    .default(false)
    .meta({ description: 'Take the client address from X-Forwarded-For' }),
  api_rate_limit_enabled: z.boolean().default(true).meta({ description: 'Limit requests per client' }),
  api_list_rate_limit: rate.default('60/minute').meta({ description: 'List endpoints, per client' }),
  api_detail_rate_limit: rate.default('300/minute').meta({ description: 'Detail endpoints, per client' }),
  api_coverage_rate_limit: rate.default('10/minute').meta({ description: 'The ATT&CK grid, per client' }),
  api_config_rate_limit: rate.default('60/minute').meta({ description: 'The configuration, per client' }),
  api_auth_rate_limit: rate.default('10/minute').meta({ description: 'Sign-in attempts, per client' }),
  rule_paths: z.array(z.string()).default([]).meta({
    description: 'Sigma rule files and folders besides the shipped ones; changes of them take effect',
  }),
  shipped_rules: z.boolean().default(true).meta({ description: 'Load the rules that Harrier ships' }),
  placeholder_paths: z
    .array(z.string())
    .default([])
    .meta({ description: 'Files with values for placeholders of rules: a YAML map from name to list' }),
  pipeline_paths: z
    .array(z.string())
    .default([])
    .meta({ description: "Processing pipelines in pySigma's YAML format: files and folders" }),
  any_logsource: z
    .boolean()
    .default(false)
    .meta({ description: 'Run every rule on every event, whatever its logsource' }),
  bind_addr: z.string().default('127.0.0.1').meta({ description: 'Address of the receivers' }),
  syslog_udp_enabled: z.boolean().default(false).meta({ description: 'Receive syslog datagrams' }),
  syslog_udp_port: port.default(5514).meta({ description: 'Port for datagrams' }),
  syslog_tcp_enabled: z.boolean().default(false).meta({ description: 'Receive syslog over TCP' }),
  syslog_tcp_port: port.default(5601).meta({ description: 'Port for TCP' }),
  file_paths: z.array(z.string()).default([]).meta({ description: 'Files and globs to follow' }),
  queue_maxsize: z
    .number()
    .int()
    .min(100)
    .max(1_000_000)
    .default(10_000)
    .meta({ description: 'Events that may wait for commit before receivers push back' }),
  log_level: z
    .enum(LOG_LEVELS)
    .default('info')
    .meta({ description: 'Log lines of this level and worse go to standard error' }),
});

export type Config = z.infer<typeof configSchema>;
