import type { LogSource } from '#shared/model/event.ts';
import { CATEGORY_INCLUDES, NETWORK_INCLUDES, SERVICE_INCLUDES } from '#shared/model/logsource.ts';
import { AZURE_NAMES, GCP_NAMES, M365_NAMES, WORKSPACE_NAMES } from './field-map/cloud.ts';
import { ECS_NAMES } from './field-map/ecs.ts';
import { CONNECTION_NAMES, DNS_NAMES } from './field-map/network.ts';
import { WEB_NAMES, ZEEK_NAMES } from './field-map/web.ts';
import { DEFENDER_NAMES } from './field-map/windows.ts';
import { DATASETS, ECS_KINDS, RECORD_SHAPES, SYSLOG_PROGRAMS } from './logsource/record-table.ts';
import { WINDOWS_CATEGORIES, WINDOWS_CHANNELS } from './logsource/windows-table.ts';

type Pairs = readonly (readonly [from: string, to: string])[];

/** The documentation's page on logsources and field names, from the tables that the enricher reads. */
export function describeTaxonomy(): string {
  return [
    '# Taxonomy',
    '',
    'A Sigma rule names a logsource and fields; a log names neither. Harrier gives every event one concrete logsource and, where a product has other names, the names of the Sigma taxonomy beside its own: rules run unchanged, and the record stays as it was. Rules only see events of their logsource, unless `--any-logsource` or `any_logsource` says otherwise.',
    '',
    'Teams whose rules use other names map them the other way round, with processing pipelines ([sigma.md](sigma.md)).',
    '',
    'This page is made from the tables in `src-main/enrich`; `UPDATE_DOCS=1 npx vitest run src-main/enrich` writes it anew.',
    '',
    ...logsources(),
    ...fieldNames(),
  ].join('\n');
}

function logsources(): readonly string[] {
  return [
    '## Logsources',
    '',
    '### Windows event logs',
    '',
    'A channel that is not listed is a service of its own name, in lower case.',
    '',
    ...table(
      ['channel', 'service'],
      Object.entries(WINDOWS_CHANNELS).flatMap(([service, channels]) =>
        channels.map((channel) => [channel, service]),
      ),
    ),
    ...table(
      ['service', 'EventID', 'category'],
      Object.entries(WINDOWS_CATEGORIES).flatMap(([service, byId]) =>
        Object.entries(byId).map(([id, category]) => [service, id, category]),
      ),
    ),
    'Sysmon 12 is `registry_add` or `registry_delete` by its EventType.',
    '',
    '### Syslog programs',
    '',
    ...table(
      ['program', 'logsource'],
      [...SYSLOG_PROGRAMS].map(([program, logsource]) => [program, sourceText(logsource)]),
    ),
    '### Records with members',
    '',
    'All members named are there, those with a value have it.',
    '',
    ...table(
      ['members', 'logsource'],
      RECORD_SHAPES.map(({ members, logsource }) => [
        members.map(([name, value]) => (value === undefined ? name : `${name}: ${value}`)).join(', '),
        sourceText(logsource),
      ]),
    ),
    ...table(
      ['event.dataset', 'logsource'],
      [...DATASETS].map(([dataset, logsource]) => [dataset, sourceText(logsource)]),
    ),
    ...table(
      ['event.category', 'event.type', 'category'],
      ECS_KINDS.map(({ eventCategory, eventType, category }) => [
        eventCategory,
        eventType ?? 'any',
        category,
      ]),
    ),
    '### Logsources that include others',
    '',
    ...table(
      ['a rule for', 'reads also'],
      [
        ...Object.entries(CATEGORY_INCLUDES).map(([name, all]) => [`category ${name}`, all.join(', ')]),
        ...Object.entries(SERVICE_INCLUDES).map(([name, all]) => [`service ${name}`, all.join(', ')]),
        ...Object.entries(NETWORK_INCLUDES).map(([name, all]) => [
          `category network, service ${name}`,
          all.map((category) => `category ${category}`).join(', '),
        ]),
      ],
    ),
  ];
}

function fieldNames(): readonly string[] {
  return [
    '## Field names',
    '',
    "Security 4688 has the names of Sysmon 1: Image, ParentImage, User, IntegrityLevel, LogonId, ProcessId, ParentProcessId. auditd's EXECVE and execve SYSCALL have CommandLine, Image, ProcessId, ParentProcessId, CurrentDirectory and User. Access logs in syslog text have the W3C names, lines of the Linux packet filter src_ip, dst_ip, src_port, dst_port. SubcategoryGuid of 4719 stands in braces.",
    '',
    ...pairTable('Defender', DEFENDER_NAMES),
    ...pairTable('Elastic Common Schema and winlogbeat', Object.values(ECS_NAMES).flat()),
    ...Object.entries(ZEEK_NAMES).flatMap(([log, names]) => pairTable(`Zeek ${log}`, pairsOf(names))),
    ...pairTable('Web servers and proxies', pairsOf(WEB_NAMES)),
    ...pairTable('Generic network connections', CONNECTION_NAMES),
    ...pairTable('Generic DNS', DNS_NAMES),
    ...Object.entries(AZURE_NAMES).flatMap(([service, names]) => pairTable(`Azure ${service}`, names)),
    ...pairTable('Google Cloud', GCP_NAMES),
    ...pairTable('Google Workspace', WORKSPACE_NAMES),
    ...pairTable('Microsoft 365', M365_NAMES),
    'CloudTrail, Okta, GitHub, Kubernetes and Bitbucket rules use the names that those services write.',
    '',
  ];
}

function pairsOf(names: Readonly<Record<string, readonly string[]>>): Pairs {
  return Object.entries(names).flatMap(([from, all]) => all.map((to) => [from, to] as const));
}

function pairTable(title: string, pairs: Pairs): readonly string[] {
  return [`### ${title}`, '', ...table(['the record says', 'rules say'], pairs)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

function sourceText({ category, product, service }: LogSource): string {
  const parts = { category, product, service };
  return Object.entries(parts)
    .flatMap(([key, value]) => (value === null ? [] : [`${key} ${value}`]))
    .join(', ');
}
