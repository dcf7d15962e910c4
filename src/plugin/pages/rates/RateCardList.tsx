import { Button, EmptyState, Stack, Text } from '@grafana/ui';
import type { RateCard } from '../../../api/rate-cards';
import { RateCardTable } from './RateCardTable';
import type { RatesData } from './rates-data';
import type { RatesView } from './use-rates-query';

interface Props {
  data: RatesData;
  editable: boolean;
  onOpen: (view: RatesView) => void;
  onChanged: () => void;
}

/** The cards that hold for everybody, then those of single workspaces; the newest version first. */
export function RateCardList({ data, editable, onOpen, onChanged }: Props) {
  const newCard = (
    <Button icon="plus" onClick={() => onOpen({ show: 'new' })}>
      New rate card
    </Button>
  );
  if (data.cards.length === 0) {
    return (
      <EmptyState variant="call-to-action" message="There is no rate card yet" button={editable ? newCard : undefined}>
        Usage is metered, but nothing has a price. A rate card gives every meter its price from a date on
        {editable ? '.' : '; an administrator can make one.'}
      </EmptyState>
    );
  }
  const groups = new Map<string, RateCard[]>();
  for (const card of [...data.cards].sort((a, b) => Date.parse(b.valid_from) - Date.parse(a.valid_from))) {
    groups.set(card.workspace, [...(groups.get(card.workspace) ?? []), card]);
  }
  const workspaces = [...groups.keys()].filter((workspace) => workspace !== '').sort();
  const table = (title: string, workspace: string) => (
    <Stack key={workspace} direction="column" gap={1}>
      <Text element="h2" variant="h4">
        {title}
      </Text>
      <RateCardTable
        title={title}
        cards={groups.get(workspace) ?? []}
        data={data}
        editable={editable}
        onOpen={onOpen}
        onChanged={onChanged}
      />
    </Stack>
  );

  return (
    <Stack direction="column" gap={3}>
      <Stack justifyContent="space-between" alignItems="center" wrap="wrap" gap={2}>
        <Text color="secondary">
          Of each meter the newest price at or before an hour applies; a workspace’s own price comes first.
          {editable ? '' : ' Only administrators can change rate cards.'}
        </Text>
        {editable && newCard}
      </Stack>
      {groups.has('') && table('For every workspace', '')}
      {workspaces.map((workspace) => table(`Only for ${workspace}`, workspace))}
    </Stack>
  );
}
