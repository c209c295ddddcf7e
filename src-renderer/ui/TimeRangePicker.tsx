import { Button, Popover, TextInput } from '@mantine/core';
import { Calendar, ChevronDown } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { formatTime, parseTime, type Zone } from '../lib/time.ts';
import { useZone } from '../workbench/preferences.ts';
import { boundMs, isAllData, RANGE_PRESETS, useTimeRange, type TimeRange } from '../workbench/time-range.ts';
import styles from './TimeRangePicker.module.css';

/** Time range of the screen: presets, all data, or two moments in the shown zone. */
export function TimeRangePicker() {
  const { range, setRange } = useTimeRange();
  const zone = useZone();
  const [opened, setOpened] = useState(false);
  const choose = (next: TimeRange) => {
    setRange(next);
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={420} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.button}
          aria-label={`Time range: ${rangeLabel(range, zone)}`}
          onClick={() => setOpened(!opened)}
        >
          <Calendar aria-hidden="true" />
          <span className={isAbsolute(range) ? 'mono' : undefined}>{rangeLabel(range, zone)}</span>
          <ChevronDown aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.columns}>
          <ul className={styles.presets}>
            <Preset label="All data" active={isAllData(range)} onChoose={() => choose({})} />
            <Preset
              label="Today"
              active={false}
              onChoose={() => choose({ since: startOfDay(Date.now(), zone) })}
            />
            {RANGE_PRESETS.map((preset) => (
              <Preset
                key={preset.since}
                label={preset.label}
                active={range.since === preset.since && range.until === undefined}
                onChoose={() => choose({ since: preset.since })}
              />
            ))}
          </ul>
          <AbsoluteForm range={range} zone={zone} onApply={choose} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface PresetProps {
  readonly label: string;
  readonly active: boolean;
  readonly onChoose: () => void;
}

function Preset({ label, active, onChoose }: PresetProps) {
  return (
    <li>
      <button type="button" className={styles.preset} aria-pressed={active} onClick={onChoose}>
        {label}
      </button>
    </li>
  );
}

interface AbsoluteFormProps {
  readonly range: TimeRange;
  readonly zone: Zone;
  readonly onApply: (range: TimeRange) => void;
}

function AbsoluteForm({ range, zone, onApply }: AbsoluteFormProps) {
  const [from, setFrom] = useState(() => editable(range.since, zone));
  const [to, setTo] = useState(() => editable(range.until, zone));
  const since = readBound(from, zone);
  const until = readBound(to, zone);
  const reversed = since !== null && until !== null && since !== '' && until !== '' && isAfter(since, until);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (since === null || until === null || reversed) return;
    onApply({ ...(since !== '' && { since }), ...(until !== '' && { until }) });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label={`From (${zone})`}
        placeholder="2026-05-13 14:00, or 36h"
        value={from}
        error={since === null ? 'Neither a time nor a length' : null}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        label={`To (${zone})`}
        placeholder="now"
        value={to}
        error={until === null ? 'Neither a time nor a length' : reversed ? 'Before the start' : null}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <p className={styles.hint}>
        A time without an offset is read in {zone}. A length counts back from now.
      </p>
      <Button type="submit" variant="filled" disabled={since === null || until === null || reversed}>
        Apply
      </Button>
    </form>
  );
}

/** What the range is called: a preset's name, or its two moments. */
export function rangeLabel(range: TimeRange, zone: Zone): string {
  if (isAllData(range)) return 'All data';
  const preset = RANGE_PRESETS.find(({ since }) => since === range.since);
  if (preset !== undefined && range.until === undefined) return preset.label;
  const since = range.since === undefined ? 'beginning' : shortTime(range.since, zone);
  const until = range.until === undefined ? 'now' : shortTime(range.until, zone);
  return `${since} → ${until}`;
}

function shortTime(bound: string, zone: Zone): string {
  return isIso(bound) ? formatTime(bound, zone, { precision: 'second', offset: false }) : `${bound} ago`;
}

function isAbsolute(range: TimeRange): boolean {
  return [range.since, range.until].some((bound) => bound !== undefined && isIso(bound));
}

function isIso(bound: string): boolean {
  return /^\d{4}-/.test(bound);
}

function editable(bound: string | undefined, zone: Zone): string {
  if (bound === undefined) return '';
  return isIso(bound) ? formatTime(bound, zone, { offset: false }) : bound;
}

/** A bound as the API takes it; empty text is an open end, null is not understood. */
function readBound(text: string, zone: Zone): string | null {
  const trimmed = text.trim().replace(/^-/, '');
  if (trimmed === '' || trimmed === 'now') return '';
  if (/^\d+[smhdw]$/.test(trimmed)) return trimmed;
  const at = parseTime(trimmed, zone);
  return at === null ? null : new Date(at).toISOString();
}

function isAfter(since: string, until: string): boolean {
  const now = Date.now();
  return (boundMs(since, now) ?? 0) > (boundMs(until, now) ?? now);
}

function startOfDay(nowMs: number, zone: Zone): string {
  const day = formatTime(nowMs, zone, { precision: 'day' });
  return new Date(parseTime(day, zone) ?? nowMs).toISOString();
}
