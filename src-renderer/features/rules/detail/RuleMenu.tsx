import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { EllipsisVertical } from 'lucide-react';
import { useState } from 'react';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { copyRuleLink, explainLink } from '../../../workbench/links.ts';
import { exportRules } from '../export-rules.ts';
import { ReasonDialog } from '../ReasonDialog.tsx';
import { useRemoveRule } from './use-remove-rule.ts';

/** The rarer actions on one rule. Giving back and deleting ask for a reason, which its history keeps. */
export function RuleMenu({ rule }: { readonly rule: RuleDetailWire }) {
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const remove = useRemoveRule(rule);
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label="More actions" title="More actions">
            <EllipsisVertical />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void navigate(explainLink({ rule: rule.id }))}>
            Test on an event
          </Menu.Item>
          <Menu.Item onClick={() => void navigate(copyRuleLink(rule.id))}>Edit a copy</Menu.Item>
          <Menu.Item
            onClick={() => {
              setFailure(null);
              exportRules([rule.id], `${rule.id}.yml`).catch(setFailure);
            }}
          >
            Export YAML
          </Menu.Item>
          {remove.words !== null && (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => setAsking(true)}>{remove.words.action}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {failure !== null && <ErrorState compact title="The rule was not exported" error={failure} />}
      {remove.words !== null && isAsking && (
        <ReasonDialog
          title={remove.words.action}
          explanation={remove.words.explanation}
          action={remove.words.action}
          isBusy={remove.isPending}
          error={remove.error}
          onDone={(reason) => remove.run(reason, () => setAsking(false))}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
