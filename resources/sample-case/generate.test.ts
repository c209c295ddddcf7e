import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { attackFacts, createAttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { Detection } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { compileRules } from '#main/detect/sigma/compile-rules.ts';
import { loadRules } from '#main/detect/sigma/document/load.ts';
import { createEnricher } from '#main/enrich/enrich.ts';
import { detectFormat } from '#main/parse/formats.ts';
import { sampleFiles, type SampleFile } from './generate.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const OBSERVED = Date.UTC(2025, 2, 12);

function eventsOf({ name, text }: SampleFile): readonly LogEvent[] {
  const bytes = Buffer.from(text);
  const format = detectFormat(bytes.subarray(0, 65_536));
  if (format === null) throw new Error(`No format claims ${name}.`);
  const reader = format.open({ nowMs: OBSERVED });
  const outcomes = [...reader.push(bytes), ...reader.end()];
  const enrich = createEnricher();
  return outcomes.map((outcome, index) => {
    if (!outcome.ok) throw new Error(`${name}: ${outcome.rejection.detail}`);
    return enrich(outcome.event, {
      id: `${name}-${index}`,
      observedTs: OBSERVED,
      source: format.source,
      sourceId: name,
      raw: null,
      evidence: null,
      peer: null,
    });
  });
}

function detect(files: readonly SampleFile[]): readonly Detection[] {
  const engine = compileRules(loadRules([path.join(ROOT, 'rules', 'sigma')]), { anyLogsource: false });
  return engine.detect(files.flatMap(eventsOf).toSorted((left, right) => left.eventTs - right.eventTs));
}

/** Alerts as an analyst sees them: detections that share a key are one. */
function alertsOf(detections: readonly Detection[]): ReadonlyMap<string, Detection> {
  return new Map(detections.map((detection) => [detection.dedupKey, detection]));
}

const files = sampleFiles({ withAttack: true });

describe('the sample case', () => {
  it.each(files)('$name is what the generator makes, byte for byte', ({ name, text }) => {
    expect(readFileSync(path.join(import.meta.dirname, 'evidence', name), 'utf8') === text).toBe(true);
  });

  it('is of a size to look at', () => {
    const events = files.flatMap(eventsOf);
    expect(events.length).toBeGreaterThanOrEqual(3_000);
    expect(events.length).toBeLessThanOrEqual(6_000);
    expect(files.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0)).toBeLessThan(3_000_000);
    expect(events.filter((event) => event.flags.length > 0)).toEqual([]);
    const times = events.map((event) => event.eventTs);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(36 * 3_600_000);
  });

  it('gives at least 15 alerts across at least 8 tactics', () => {
    const facts: unknown = JSON.parse(
      readFileSync(path.join(ROOT, 'resources/attack/enterprise.json'), 'utf8'),
    );
    const catalogue = createAttackCatalogue(attackFacts.parse(facts));
    const alerts = [...alertsOf(detect(files)).values()];
    const tactics = new Set(alerts.flatMap((alert) => catalogue.namesOfTags(alert.tags).tactics));
    expect(alerts.length).toBeGreaterThanOrEqual(15);
    expect(tactics.size).toBeGreaterThanOrEqual(8);
  });

  it('gives next to none without the intruder', () => {
    const alerts = alertsOf(detect(sampleFiles({ withAttack: false })));
    // The two that maintenance causes on purpose: an account created, administrators listed.
    expect([...alerts.values()].map((alert) => alert.title).sort()).toEqual([
      'Domain trusts or administrators listed',
      'User account created',
    ]);
  });
});
