import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from './copy-text.ts';

export interface CopyButtonProps {
  readonly value: string;
  /** "Copy value", "Copy details": tooltip, and text with `withLabel`. */
  readonly label: string;
  readonly withLabel?: boolean;
  readonly size?: number;
}

const SHOWN_MS = 1500;

/** Copies the whole value, and says so in place. */
export function CopyButton({ value, label, withLabel = false, size = 24 }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => {
      setCopied(false);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  const icon = copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />;
  const copy = () => {
    void copyText(value).then(setCopied);
  };
  if (withLabel) {
    return (
      <Button leftSection={icon} onClick={copy}>
        {copied ? 'Copied' : label}
      </Button>
    );
  }
  return (
    <Tooltip label={copied ? 'Copied' : label}>
      <ActionIcon aria-label={label} size={size} onClick={copy}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
