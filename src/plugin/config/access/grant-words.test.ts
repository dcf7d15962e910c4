import { Grant } from '../../../api/access';
import { grantOf, seenWords, whomOf } from './grant-words';

describe('a grant as it is written and read', () => {
  it.each([
    ['login', 'ann', { login: 'ann' }],
    ['login', '42', { login: '42' }],
    ['team', '7', { team: 7 }],
    ['team', '007', { team: '007' }],
    ['team', 'Payments people', { team: 'Payments people' }],
    ['organization', '1', { organization: 1 }],
    ['organization', 'Main Org.', { organization: 'Main Org.' }],
    ['email_domain', 'example.com', { email_domain: 'example.com' }],
  ] as const)('for %s “%s” is sent as the collector reads it, and shown as it was typed', (kind, who, whom) => {
    const sent = grantOf(kind, who, ['pay-*']);
    expect(sent).toEqual({ ...whom, workspaces: ['pay-*'] });
    expect(whomOf(Grant.parse(sent))).toEqual({ kind, who });
  });

  it.each([
    ['a token without a list', null, 'everything, also what is unallocated'],
    ['the glob of everything, whatever stands beside it', ['payments', '*'], 'everything, also what is unallocated'],
    ['no workspace', [], 'nothing'],
    ['names and globs', ['payments', 'risk-*'], 'payments, risk-*'],
  ])('says what is seen with %s', (_, workspaces, words) => {
    expect(seenWords(workspaces)).toBe(words);
  });
});
