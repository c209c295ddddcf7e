import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { ChevronDown, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { AttackLayerWire } from '#shared/contract/attack-layers.ts';
import { useApi, useApiMutation } from '../../api/queries.ts';
import { formatNoun } from '../../lib/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { listParam, type MatrixChoice } from './coverage-choice.ts';
import type { ChoiceChange } from './CoverageBar.tsx';
import { LayerFile } from './LayerFile.tsx';
import styles from './OverlayMenu.module.css';

interface OverlayMenuProps {
  readonly choice: MatrixChoice;
  readonly onChange: (change: ChoiceChange) => void;
}

/** Imported layers: which lie over the grid and how they are combined; import and removal. */
export function OverlayMenu({ choice, onChange }: OverlayMenuProps) {
  const { data } = useApi('listLayers', {});
  const [isOpen, setIsOpen] = useState(false);
  const chosen = choice.layers.filter((id) => data?.items.some((layer) => layer.id === id) ?? true);
  const choose = (layers: readonly string[]) =>
    onChange({ layers: listParam(layers), expression: undefined });
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={340} trapFocus>
      <Popover.Target>
        <Button
          rightSection={<ChevronDown aria-hidden="true" />}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          Layers{chosen.length > 0 ? ` ${chosen.length}` : ''}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown ?? ''} aria-label="Imported layers">
        {data?.items.length === 0 && (
          <p className={styles.quiet}>
            No layer yet. Import a file of the ATT&CK Navigator (format 4.x, enterprise): a plan, a threat
            group, last year.
          </p>
        )}
        <ul className={styles.list}>
          {data?.items.map((layer) => (
            <LayerRow
              key={layer.id}
              layer={layer}
              position={chosen.indexOf(layer.id)}
              onToggle={(isOn) =>
                choose(isOn ? [...chosen, layer.id] : chosen.filter((id) => id !== layer.id))
              }
            />
          ))}
        </ul>
        {chosen.length > 0 && (
          <Expression
            key={chosen.join()}
            letters={chosen.map((_, index) => letterOf(index))}
            value={choice.expression ?? ''}
            onChange={(expression) => onChange({ expression: expression === '' ? undefined : expression })}
          />
        )}
        <LayerFile onImported={(ids) => choose([...chosen, ...ids])} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface LayerRowProps {
  readonly layer: AttackLayerWire;
  /** Among the chosen; -1 when it is not. */
  readonly position: number;
  readonly onToggle: (isOn: boolean) => void;
}

function LayerRow({ layer, position, onToggle }: LayerRowProps) {
  const remove = useApiMutation('deleteLayer', { invalidates: ['listLayers'] });
  const skipped = Object.values(layer.skipped).reduce((sum, count) => sum + count, 0);
  return (
    <li className={styles.row}>
      <Checkbox
        size="xs"
        checked={position >= 0}
        onChange={(event) => onToggle(event.currentTarget.checked)}
        label={
          <>
            {position >= 0 && <span className={styles.letter}>{letterOf(position)}</span>}{' '}
            <HostileText text={layer.name} maxLength={40} />
            <span className={styles.quiet}>
              {formatNoun(layer.technique_count, 'technique')}
              {skipped > 0 && `, ${formatNoun(skipped, 'entry', 'entries')} left out`}
            </span>
          </>
        }
      />
      <ActionIcon
        size={24}
        aria-label={`Remove the layer ${layer.name}`}
        onClick={() => {
          onToggle(false);
          remove.mutate({ params: { layer_id: layer.id } });
        }}
      >
        <Trash2 />
      </ActionIcon>
    </li>
  );
}

interface ExpressionProps {
  readonly letters: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Applied with Enter or when the field is left: half an expression is no expression. */
function Expression({ letters, value, onChange }: ExpressionProps) {
  const [draft, setDraft] = useState(value);
  return (
    <TextInput
      label="Score of a cell"
      title="Letters of layers, numbers, + - * /, min(...) and max(...)"
      placeholder={letters.join(' + ')}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => onChange(draft)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onChange(draft);
      }}
    />
  );
}

function letterOf(index: number): string {
  return String.fromCharCode(97 + index);
}
