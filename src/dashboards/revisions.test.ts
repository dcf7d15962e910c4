import { dashboards } from './generated-files';
import { revised } from './revisions';

const some = () => dashboards().slice(0, 2);

test('a dashboard begins with revision 1, keeps it while nothing changes, and rises when something does', () => {
  const first = revised(some(), {});
  expect(first.dashboards.map(({ revision }) => revision)).toEqual([1, 1]);
  const again = revised(some(), first.revisions);
  expect(again.revisions).toEqual(first.revisions);
  const changed = some().map((dashboard, index) => (index === 1 ? { ...dashboard, description: 'other' } : dashboard));
  const second = revised(changed, again.revisions);
  expect(second.dashboards.map(({ revision }) => revision)).toEqual([1, 2]);
  // Back to what it was is a change, too: those who imported the second must get it.
  expect(revised(some(), second.revisions).dashboards.map(({ revision }) => revision)).toEqual([1, 3]);
});

test('another title is refused, with both', () => {
  const { revisions } = revised(some(), {});
  const renamed = some().map((dashboard) => ({ ...dashboard, title: 'Costs' }));
  expect(() => revised(renamed, revisions)).toThrow(/chargeback-costs was called "Chargeback: usage .*now "Costs"/);
});
