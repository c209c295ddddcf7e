import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { windowsLogSource } from './windows.ts';

/** SigmaHQ's own test mapping, read from its archive: it says which channel and events each logsource means. */
const dataDir = process.env.HARRIER_DATA ?? path.resolve('../shared/data');
const sigmaDir = path.join(dataDir, 'sigma');
const archive = existsSync(sigmaDir)
  ? readdirSync(sigmaDir).find((name) => name.endsWith('.tar.gz'))
  : undefined;

interface MappedSource {
  category?: string;
  service?: string;
  product?: string;
  eventIds: number[];
  eventType?: string;
  channels: string[];
  rewriteService?: string;
}

/** The mapping's YAML is regular enough for this: two-level keys, one value a line. */
function readMapping(text: string): MappedSource[] {
  const body = text.slice(text.indexOf('logsources:'));
  return body
    .split(/^ {4}(?=[\w-]+:$)/m)
    .slice(1)
    .map((block) => {
      const value = (name: string, indent: number): string | undefined =>
        new RegExp(`^ {${indent}}${name}: *(\\S+)`, 'm').exec(block)?.[1];
      const rewriteService = /rewrite:\n(?: {12}.*\n)*? {12}service: *(\S+)/.exec(block)?.[1];
      return {
        ...(value('category', 8) === undefined ? {} : { category: value('category', 8)! }),
        ...(value('service', 8) === undefined ? {} : { service: value('service', 8)! }),
        ...(value('product', 8) === undefined ? {} : { product: value('product', 8)! }),
        ...(value('EventType', 12) === undefined ? {} : { eventType: value('EventType', 12)! }),
        ...(rewriteService === undefined ? {} : { rewriteService }),
        eventIds: [
          ...[...block.matchAll(/^ {12}EventID: *(\d+)/gm)].map((match) => Number(match[1])),
          ...[...block.matchAll(/^ {16}- (\d+)$/gm)].map((match) => Number(match[1])),
        ],
        channels: [...block.matchAll(/WinEventLog:([^"']+)/g)].map((match) => match[1]!),
      };
    });
}

/** Names on which the specification and the mapping differ; ours is the specification's or the rules' name. */
const RENAMED: Readonly<Record<string, string>> = {
  clipboard_change: 'clipboard_capture',
  'servicebus-client': 'microsoft-servicebus-client',
};

describe.skipIf(archive === undefined)(
  'the table against SigmaHQ’s test mapping (needs ../shared/data)',
  () => {
    const text =
      archive === undefined
        ? ''
        : execFileSync('tar', ['-xzOf', path.join(sigmaDir, archive), '--wildcards', '*/tests/thor.yml'], {
            encoding: 'utf8',
          });
    const mapping = archive === undefined ? [] : readMapping(text);
    const channelsOf = new Map(
      mapping.filter((m) => m.channels.length > 0).map((m) => [m.service, m.channels]),
    );

    it('knows every channel under its service', () => {
      const services = mapping.filter((m) => m.channels.length > 0);
      expect(services.length).toBeGreaterThan(40);
      for (const { service = '', channels } of services) {
        for (const channel of channels) {
          expect([channel, windowsLogSource({ Channel: channel, EventID: 0 })?.service]).toEqual([
            channel,
            RENAMED[service] ?? service,
          ]);
        }
      }
    });

    it('gives every event its category, or one that the category contains', () => {
      const categories = mapping.filter((m) => m.category !== undefined && m.rewriteService !== undefined);
      expect(categories.length).toBeGreaterThan(40);
      for (const { category = '', eventIds, eventType, rewriteService } of categories) {
        for (const channel of channelsOf.get(rewriteService) ?? []) {
          for (const eventId of eventIds) {
            const fields = {
              Channel: channel,
              EventID: eventId,
              ...(eventType === undefined ? {} : { EventType: eventType }),
            };
            const got = windowsLogSource(fields)?.category;
            if (category === 'registry_event') expect(got).toMatch(/^registry_/);
            else expect([eventId, got]).toEqual([eventId, RENAMED[category] ?? category]);
          }
        }
      }
    });
  },
);
