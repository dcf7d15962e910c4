import { PluginPage } from '@grafana/runtime';
import { LoadingPlaceholder, Stack } from '@grafana/ui';
import { useCallback } from 'react';
import { ChargebackProblem } from './ChargebackProblem';
import { ChargebackReport } from './ChargebackReport';
import { CurrencyPicker } from './CurrencyPicker';
import { DownloadCsv } from './DownloadCsv';
import { PeriodFacts } from './PeriodFacts';
import { PeriodPicker } from './PeriodPicker';
import { useChargebackQuery } from './use-chargeback-query';
import { getChargeback } from '../../data/chargeback';
import { useResource } from '../../data/use-resource';

/** Who owes what for a month. */
export default function ChargebackPage() {
  const query = useChargebackQuery();
  const { period, currency } = query;
  const chargeback = useResource(useCallback(() => getChargeback({ period, currency }), [period, currency]));
  const value = chargeback.state === 'loaded' ? chargeback.value : undefined;

  return (
    <PluginPage
      subTitle="What every application used in a month and what it owes for it."
      actions={<DownloadCsv period={period} currency={currency} disabled={!value || value.lines.length === 0} />}
    >
      <Stack direction="column" gap={2}>
        <Stack gap={2} wrap="wrap" alignItems="center" justifyContent="space-between">
          <Stack gap={2} wrap="wrap" alignItems="center">
            <PeriodPicker
              period={period}
              timeZone={value?.period.timezone ?? 'UTC'}
              onChange={(next) => query.set({ period: next })}
            />
            {value && <CurrencyPicker chargeback={value} onChange={(next) => query.set({ currency: next })} />}
          </Stack>
          {value && <PeriodFacts chargeback={value} />}
        </Stack>
        {chargeback.state === 'loading' && <LoadingPlaceholder text="Loading the chargeback…" />}
        {chargeback.state === 'failed' && (
          <ChargebackProblem error={chargeback.error} period={period} onRetry={chargeback.reload} />
        )}
        {value && <ChargebackReport chargeback={value} query={query} />}
      </Stack>
    </PluginPage>
  );
}
