import { ActionIcon, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { EllipsisVertical } from 'lucide-react';
import { RULE_PLACES } from './use-list-commands.ts';

/** The rest of what belongs to rules: import, tests, value lists, pipelines. */
export function PlacesMenu() {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label="More about rules" title="More about rules">
          <EllipsisVertical />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {RULE_PLACES.filter(({ to }) => to !== '/rules/new').map(({ to, label }) => (
          <Menu.Item key={to} renderRoot={(props) => <Link to={to} {...props} />}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
