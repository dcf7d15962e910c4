import { ROLES } from '../../src/api/common';
import { RIGHTS } from '../../src/collector/http/rights';
import { GRANTED, outcomeOf, type Outcome } from '../../src/collector/http/rights-matrix';
import { withMarkedPart } from './marked-part';

const PATH = 'docs/access.md';
const WORDS: Record<Outcome, string> = { refused: '–', nothing: 'none', own: 'own', all: 'all', same: 'yes' };
const COLUMNS = { nothing: 'no', some: 'some', everything: 'all' };

/** docs/access.md with what every route gives to each role with each kind of grant. */
export function accessPage(): Map<string, string> {
  const cells = ROLES.flatMap((role) => GRANTED.map((granted) => ({ role, granted })));
  const lines = [
    ['route', ...cells.map(({ role, granted }) => `${role}, ${COLUMNS[granted]}`)],
    ['---', ...cells.map(() => '---')],
    ...RIGHTS.map((right) => [
      `\`${right.method} ${right.path}\``,
      ...cells.map(({ role, granted }) => WORDS[outcomeOf(right, role, granted)]),
    ]),
  ];
  return new Map([[PATH, withMarkedPart(PATH, 'rights', lines.map((line) => `| ${line.join(' | ')} |`).join('\n'))]]);
}
