import { PluginPage } from '@grafana/runtime';
import { useBilling } from '../../billing/use-billing';
import { NextStep } from '../../components/first-run/NextStep';
import { NothingGrantedNotice } from '../../components/NothingGranted';
import { RateCards } from './RateCards';

/** What usage costs, from when, and for whom. */
export default function RatesPage() {
  return (
    <PluginPage subTitle="What usage costs, from which date, and for whom. A change applies from its date and never rewrites a closed month.">
      <NextStep />
      <NothingGrantedNotice />
      <RateCards me={useBilling()} />
    </PluginPage>
  );
}
