import { ApiError } from '../../../data/api-error';
import { addRule, draftOf, removeRule } from './directory-draft';
import { checkRule, emptyPaths, formOf, type RuleForm } from './rule-form';
import { findingsByRule } from './server-findings';
import { suggestGlobs, suggestRule } from './suggest-rule';
import { resource } from '../../../../domain/resource';

const form = (change: Partial<RuleForm> = {}): RuleForm => ({
  match: [{ field: 'topic', value: 'orders.*' }],
  set: [{ field: 'workspace', value: 'payments' }],
  validFrom: '',
  ...change,
});

describe('a rule as it is typed', () => {
  it('comes back the same, with and without a first day', () => {
    const rule = { match: { topic: '*.*' }, set: { application: '${2}' }, valid_from: '2026-03-01' };
    expect(checkRule(formOf(rule)).rule).toEqual(rule);
    expect(checkRule(form()).rule).toEqual({ match: { topic: 'orders.*' }, set: { workspace: 'payments' } });
  });

  it('is told everything that is wrong at once, by the field', () => {
    const { rule, problems } = checkRule(
      form({
        match: [],
        set: [
          { field: 'workspace', value: '  ' },
          { field: 'team', value: '${3}' },
          { field: 'product', value: 'x'.repeat(201) },
        ],
        validFrom: 'tomorrow',
      }),
    );
    expect(rule).toBeUndefined();
    expect([...problems.keys()].sort()).toEqual(['match', 'set.product', 'set.workspace', 'valid_from']);
    const globs = checkRule(form({ set: [{ field: 'team', value: '${2}' }] })).problems;
    expect(globs.get('set.team')).toBe("${2} has no glob: the rule's match has only 1");
  });

  it('may keep an empty value that it had, which empties the field', () => {
    const stored = formOf({ match: { topic: 'x' }, set: { workspace: '' } });
    expect(checkRule(stored).rule).toBeUndefined();
    expect(checkRule(stored, emptyPaths(stored)).rule).toEqual({ match: { topic: 'x' }, set: { workspace: '' } });
  });
});

describe('what the collector found in a directory', () => {
  it('stands at the rule and the field it is about', () => {
    const error = new ApiError(400, 'INVALID_REQUEST', 'Not valid', 'Problems:', [
      { path: 'rules[3].set.workspace', message: 'one' },
      { path: 'rules[3].valid_from', message: 'two' },
      { path: 'rules[12]', message: 'three' },
      { path: 'rules', message: 'has more than 10,000 rules' },
    ]);
    const found = findingsByRule(error, { rules: [] });
    expect([...found.keys()]).toEqual([3, 12, -1]);
    expect(Object.fromEntries(found.get(3) ?? [])).toEqual({ 'set.workspace': 'one', valid_from: 'two' });
    expect(found.get(12)?.get('')).toBe('three');
    expect(found.get(-1)?.get('rules')).toBe('has more than 10,000 rules');
  });

  it('stands at a rule as it is saved where that stands in the draft, and by its saved number when it is gone', () => {
    const saved = (match: string) => ({ match: { topic: match }, set: { workspace: 'w' }, group: 1 });
    const draft = draftOf({
      version: 1,
      applied_at: null,
      applied_by: '',
      rules: [saved('a'), saved('b'), saved('c')],
    });
    const error = new ApiError(400, 'INVALID_REQUEST', 'Not valid', 'Problems:', [
      { path: 'before[0]', message: 'must stay' },
      { path: 'before[1]', message: 'must stay, too' },
      { path: 'before[2].set.team', message: 'as it was' },
    ]);
    const found = findingsByRule(error, addRule(removeRule(draft, 0), saved('new'), 0));
    expect([...found].map(([place, problems]) => [place, ...problems])).toEqual([
      [-1, ['Rule 1 as it is saved', 'must stay']],
      [1, ['', 'must stay, too']],
      [2, ['set.team', 'as it was']],
    ]);
  });
});

describe('a rule that is proposed for a resource', () => {
  it('offers globs from the narrowest to everything', () => {
    expect(suggestGlobs('vc-pay-eu')).toEqual(['vc-pay-eu', 'vc-pay-*', 'vc-*', '*']);
    expect(suggestGlobs('plain')).toEqual(['plain', '*']);
    expect(suggestGlobs('ends-')).toEqual(['ends-', '*']);
  });

  it('matches by what tells it apart, and leaves the workspace to be named', () => {
    const { match, set } = suggestRule(
      resource({ environment: 'prod', cluster: 'vc-x', principal: 'sa-1', topic: 'orders' }),
    );
    expect(match).toEqual([
      { field: 'cluster', value: 'vc-x' },
      { field: 'topic', value: 'orders' },
    ]);
    expect(set).toEqual([{ field: 'workspace', value: '' }]);
  });
});
