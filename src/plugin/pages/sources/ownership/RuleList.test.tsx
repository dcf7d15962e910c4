import { screen, within } from '@testing-library/react';
import { useState } from 'react';
import type { ListedRule } from '../../../../api/directory';
import { render } from '../../../../testing/render';
import { draftOf, type DraftRule } from './directory-draft';
import { RuleEditing, type EditedRule } from './RuleEditing';
import { RuleList } from './RuleList';
import { useOwnershipQuery } from './use-ownership-query';
import { BillingContext } from '../../../billing/use-billing';

const RULES: ListedRule[] = [
  { match: { topic: 'cards.*' }, set: { workspace: 'payments', application: 'cards' }, group: 1 },
  { match: { topic: '*' }, set: { workspace: 'payments' }, group: 1 },
  { match: { cluster: 'vc-eu' }, set: { workspace: 'payments', team: 'eu' }, group: 2 },
];
const draftWith = (rules: ListedRule[]) => draftOf({ version: 3, rules, applied_at: null, applied_by: '' });
const asked = jest.fn();

function List({ rules, refines }: { rules: ListedRule[]; refines: boolean }) {
  const query = useOwnershipQuery('UTC');
  const [edited, setEdited] = useState<EditedRule>();
  const draft = draftWith(rules);
  return (
    <BillingContext.Provider
      value={{ login: 'eve', role: 'editor', workspaces: ['payments'], timezone: 'UTC', currency: 'EUR' }}
    >
      <RuleList
        rules={draft.rules}
        matchOf={() => undefined}
        loading={false}
        problems={new Map()}
        currency="EUR"
        query={query}
        actions={
          refines
            ? {
                onEdit: (rule: DraftRule) => setEdited({ what: 'change', rule }),
                onRemove: asked,
                onMove: asked,
                onRefine: (rule: DraftRule) => setEdited({ what: 'refine', rule }),
              }
            : undefined
        }
      />
      {edited && (
        <RuleEditing
          edited={edited}
          draft={draft}
          findings={new Map()}
          period="2026-03"
          onClose={() => setEdited(undefined)}
          onPut={(step, place) => asked(step(draft).rules, place)}
        />
      )}
    </BillingContext.Provider>
  );
}
const items = () => screen.getAllByRole('listitem');

beforeEach(() => asked.mockReset());

it('shows an editor which rules belong together, and what must stay as it is', () => {
  render(<List rules={RULES} refines />);
  expect(screen.getByText('Group 1 of workspace payments')).toBeVisible();
  expect(screen.getByText('Group 2 of workspace payments')).toBeVisible();
  const [first, second, third] = items() as [HTMLElement, HTMLElement, HTMLElement];
  expect(within(first).getByRole('button', { name: /^Delete rule 1/ })).toBeEnabled();
  for (const only of [second, third]) {
    expect(within(only).getByTitle(/^Only this rule gives payments all that it matches/)).toBeVisible();
    expect(within(only).queryByRole('button', { name: /^Delete/ })).not.toBeInTheDocument();
  }
  expect(within(third).queryByRole('textbox')).not.toBeInTheDocument();
  expect(within(third).queryByRole('button', { name: /^Move/ })).not.toBeInTheDocument();
});

it('moves a rule within its group only', async () => {
  const { user } = render(<List rules={RULES} refines />);
  const place = screen.getByRole('textbox', { name: /^Place of rule 1/ });
  await user.clear(place);
  await user.type(place, '3{Enter}');
  expect(place).toBeInvalid();
  expect(asked).not.toHaveBeenCalled();
  await user.clear(place);
  await user.type(place, '2{Enter}');
  expect(asked).toHaveBeenCalledWith(0, 1, 'number');
});

it('leaves the rules of others to those who see them, without anything to change them by', () => {
  const { group: _group, ...foreign } = RULES[2] as ListedRule;
  render(<List rules={[...RULES.slice(0, 2), foreign]} refines />);
  const [, , third] = items() as [HTMLElement, HTMLElement, HTMLElement];
  expect(within(third).queryAllByRole('button')).toEqual([]);
  expect(screen.queryByText(/^Group/)).not.toBeInTheDocument();
});

it('lets a viewer read', () => {
  render(<List rules={RULES.map(({ group: _group, ...rule }) => rule)} refines={false} />);
  expect(items()).toHaveLength(3);
  expect(screen.queryAllByRole('button')).toEqual([]);
});
