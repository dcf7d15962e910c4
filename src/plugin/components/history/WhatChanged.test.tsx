import { render, screen, within } from '@testing-library/react';
import type { PreconditionProblem } from '../../../api/changed-meanwhile';
import { ApiError } from '../../data/api-error';
import { WhatChanged } from './WhatChanged';

function refused(fields: PreconditionProblem['changed']['fields']): ApiError {
  const body: PreconditionProblem = {
    ...{ type: '', title: '', status: 412, code: 'PRECONDITION_FAILED', detail: '' },
    changed: { version: 4, by: 'finance', at: '2026-11-20T10:00:00.000Z', fields },
  };
  return new ApiError(412, 'PRECONDITION_FAILED', '', '', [], body);
}
const lines = () =>
  within(screen.getByLabelText('What was changed'))
    .getAllByRole('term')
    .map((term) => `${term.textContent}: ${term.nextElementSibling?.textContent}`);

describe('what somebody else changed meanwhile', () => {
  it('is told field by field, with what was and what is', () => {
    render(
      <WhatChanged
        error={refused([
          { field: 'amount', before: '100', after: '200.5' },
          { field: 'scope.team', before: 'red', after: null },
          { field: 'contact', before: [], after: ['a@example.com', 'b@example.com'] },
          { field: 'valid_from', before: '2026-10-31T23:00:00Z', after: '2026-11-30T23:00:00Z' },
        ])}
        timeZone="Europe/Berlin"
      />,
    );
    expect(lines()).toEqual([
      'Amount: 100200.5',
      'Scope team: rednothing',
      'Contact: a@example.comb@example.com',
      'Valid from: 1 Nov 2026 00:001 Dec 2026 00:00',
    ]);
  });

  it('is told of rules and of grants as the history tells it', () => {
    const rule = { match: { topic: 'orders.*' }, set: { team: 'red' } };
    render(
      <WhatChanged
        error={refused([
          {
            field: 'rules',
            before: { rules: 1, differing: 0, first: [] },
            after: { rules: 2, differing: 1, first: [{ place: 2, rule }] },
          },
          { field: 'grants', before: [{ login: 'ann', workspaces: ['payments'] }], after: [] },
        ])}
      />,
    );
    expect(lines()).toEqual([
      'Number of rules: 12',
      'Rules: 2. topic orders.* → team red',
      'Grants: Person ann: paymentsnothing',
    ]);
  });

  it('is nothing where the refusal does not tell, or is another one', () => {
    const { container } = render(
      <>
        <WhatChanged error={refused([])} />
        <WhatChanged error={new ApiError(409, 'BILLING_PERIOD_LOCKED', '', '', [], { changed: 1 })} />
      </>,
    );
    expect(container).toBeEmptyDOMElement();
  });
});
