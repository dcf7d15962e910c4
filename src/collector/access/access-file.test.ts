import { ChargebackError } from '../errors';
import { parseAccessFile } from './access-file';

function problemsOf(text: string): string[] {
  try {
    parseAccessFile(text, 'access.yaml');
  } catch (error) {
    if (error instanceof ChargebackError) {
      return (error.findings ?? []).map(({ path, message }) => `${path}: ${message}`);
    }
    throw error;
  }
  return [];
}

test('every kind of grant is read', () => {
  const text = `
grants:
  - login: ann
    workspaces: [payments, "pay-*"]
  - { team: 7, workspaces: ["*"] }
  - { email_domain: Example.COM, workspaces: [search] }
  - { organization: 2, workspaces: [search] }
  - { organization: Main Org., workspaces: [search] }
`;
  expect(parseAccessFile(text, 'access.yaml')).toEqual([
    { login: 'ann', workspaces: ['payments', 'pay-*'] },
    { team: 7, workspaces: ['*'] },
    { email_domain: 'example.com', workspaces: ['search'] },
    { organization: 2, workspaces: ['search'] },
    { organization: 'Main Org.', workspaces: ['search'] },
  ]);
});

test('every problem of a file is told at once, each with its line and column', () => {
  const text = `grants:
  - login: ann
    team: 7
    workspaces: [payments]
  - workspaces: [payments]
  - team: 1.5
    workspaces: [payments]
  - email_domain: ann@example.com
    workspaces: []
  - organization: 0
    workspaces: [""]
  - login: bob
    workspace: payments
`;
  expect(problemsOf(text)).toEqual([
    'access.yaml:2:5 grants[0]: must say for whom it is, by exactly one of login, team, email_domain, organization',
    'access.yaml:5:5 grants[1]: must say for whom it is, by exactly one of login, team, email_domain, organization',
    'access.yaml:6:11 grants[2].team: must be the number or the name of a team',
    'access.yaml:8:19 grants[3].email_domain: must be the part of an address behind the @, for example example.com',
    'access.yaml:9:17 grants[3].workspaces: must name at least one workspace',
    'access.yaml:10:19 grants[4].organization: must be above 0',
    'access.yaml:11:18 grants[4].workspaces[0]: must not be empty',
    'access.yaml:12:5 grants[5].workspaces: must be a list of names or globs',
    'access.yaml:13:16 grants[5].workspace: is not a known field',
  ]);
});

test.each([
  ['an empty file', ''],
  ['another file', 'rules: []'],
  ['grants that are no list', 'grants: { login: ann }'],
  ['no YAML', 'grants: ['],
])('%s is refused', (_what, text) => {
  expect(problemsOf(text)[0]).toMatch(/^access\.yaml:\d+:\d+/);
});

test('what PostgreSQL could not store is refused where it stands', () => {
  expect(problemsOf('grants:\n  - { login: ann, workspaces: ["a\\uD800"] }\n')).toEqual([
    'access.yaml:2:32 grants[0].workspaces[0]: must not contain a NUL character or half of a surrogate pair',
  ]);
});

test('a list that holds itself twice comes to an end', () => {
  expect(problemsOf('grants: &all [*all, *all]\n').length).toBeGreaterThan(0);
});

test('a grant of more workspaces than every request could be matched with is refused', () => {
  const grant = (count: number) =>
    JSON.stringify({ grants: [{ login: 'ann', workspaces: Array.from({ length: count }, (_, at) => `w${at}`) }] });
  expect(problemsOf(grant(1000))).toEqual([]);
  expect(problemsOf(grant(1001))).toEqual([
    expect.stringMatching(/grants\[0\]\.workspaces: has more than 1,000 workspaces; use a glob$/),
  ]);
});
