import { makeBoth, takeAway, type Made } from './both-teams';
import { usageMonth } from './environment/known-usage';
import { startTeamOrganization, type TeamOrganization } from './environment/team-organization';
import { environment, expect, test } from './journey';
import { everythingShown, OF_OTHERS } from './what-is-told';

// Dashboards are Grafana's: the preview has none.
if (environment().grafana) {
  test.describe('the dashboards on a data source of one team', () => {
    let organization: TeamOrganization;
    let made: Made;
    test.beforeAll(async ({ request }) => {
      made = await makeBoth(request);
      organization = await startTeamOrganization(environment());
    });
    test.afterAll(async ({ request }) => {
      await organization.stop();
      await takeAway(request, made);
    });
    // Panels ask for their data only when they come into view.
    test.use({ viewport: { width: 1600, height: 9000 } });

    test('render without an error, show the team its own, and name nothing of others', async ({ page, open }) => {
      test.setTimeout(600_000);
      const { id, dashboards } = organization;
      expect(dashboards.length).toBeGreaterThan(7);
      const [year, month] = usageMonth().split('-').map(Number);
      const from = Date.UTC(year ?? 0, (month ?? 0) - 1, 1);
      const to = Date.UTC(year ?? 0, month ?? 0, 1);
      const own: string[] = [];
      for (const { uid, title } of dashboards) {
        const answers: string[] = [];
        const failed: string[] = [];
        page.on('response', (response) => {
          if (response.url().includes('/api/ds/query')) {
            void response.text().then(
              (text) => (response.ok() ? answers : failed).push(text),
              () => undefined,
            );
          }
        });
        await open(`/d/${uid}?orgId=${id}&from=${from}&to=${to}&kiosk`, { user: 'member' });
        await expect(page.getByTestId(/Panel header/).first()).toBeVisible();
        await page.waitForLoadState('networkidle');
        await expect(page.getByTestId(/Panel loading bar/)).toHaveCount(0);
        const shown = await everythingShown(page);
        expect([title, failed]).toEqual([title, []]);
        expect([title, await page.getByTestId(/Panel status error/).count()]).toEqual([title, 0]);
        expect(answers.length).toBeGreaterThan(3);
        expect([...answers, shown].join('\n')).not.toMatch(OF_OTHERS);
        if (/checkout|payments/.test(answers.join('\n'))) {
          own.push(uid);
        }
        page.removeAllListeners('response');
      }
      expect(own).toEqual(dashboards.map(({ uid }) => uid));
    });

    test('their data source tells nothing of others, whatever SQL it is sent', async () => {
      for (const sql of [
        'select distinct workspace from chargeback.hourly_cost_facts',
        'select * from chargeback.resources',
        'select * from chargeback.changes',
        'select * from chargeback.budget_status',
        'select * from chargeback.prices',
        'set role chargeback_reader; select distinct workspace from chargeback.hourly_cost_facts',
        'select * from chargeback_data.resource',
        'select 1 / (case when exists (select from chargeback.hourly_cost_facts where workspace = $$analytics$$) then 0 else 1 end)',
      ]) {
        const { text } = await organization.query(organization.datasource, sql);
        expect([sql, text.replaceAll(sql, '').match(OF_OTHERS)]).toEqual([sql, null]);
        expect(text).not.toContain('division by zero');
      }
      for (const uid of ['chargeback-facts', 'chargeback-usage']) {
        const { status } = await organization.query(uid, 'select distinct workspace from chargeback.hourly_cost_facts');
        expect([uid, [403, 404].includes(status)]).toEqual([uid, true]);
      }
    });
  });
}
