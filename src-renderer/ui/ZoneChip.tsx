import { Menu, Tooltip } from '@mantine/core';
import { Check } from 'lucide-react';
import { localZone, UTC, type Zone } from '../lib/time.ts';
import { usePreferences } from '../workbench/preferences.ts';
import styles from './ZoneChip.module.css';

/** Zones offered beside UTC and the machine's own; any other comes with the settings screen. */
const COMMON: readonly Zone[] = [
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
];

/** Zone in which every time is shown. Stored times stay in UTC. */
export function ZoneChip() {
  const zone = usePreferences((preferences) => preferences.zone);
  const own = localZone();
  const zones = [...new Set([UTC, own, ...COMMON])];
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label="Zone in which times are shown">
          <button type="button" className={styles.chip} aria-label={`Times in ${zone}`}>
            {zone === UTC ? 'UTC' : (zone.split('/').at(-1) ?? zone).replace('_', ' ')}
          </button>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Show times in</Menu.Label>
        {zones.map((name) => (
          <Menu.Item
            key={name}
            rightSection={name === zone ? <Check aria-label="chosen" /> : null}
            onClick={() => usePreferences.setState({ zone: name })}
          >
            {name.replace('_', ' ')}
            {name === own && name !== UTC ? ' (this machine)' : ''}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
