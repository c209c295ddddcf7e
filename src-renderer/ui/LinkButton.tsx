import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ScreenLink } from '../workbench/links.ts';

export interface LinkButtonProps {
  readonly link: ScreenLink;
  /** The one primary action of a place. */
  readonly primary?: boolean;
  readonly children: ReactNode;
}

/** A link to another screen that looks like a button: the way out of an empty list, the next step of a report. */
export function LinkButton({ link, primary = false, children }: LinkButtonProps) {
  return (
    <Button variant={primary ? 'filled' : 'default'} renderRoot={(props) => <Link {...link} {...props} />}>
      {children}
    </Button>
  );
}
