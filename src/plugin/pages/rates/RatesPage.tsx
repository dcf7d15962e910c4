import { useBilling } from '../../billing/use-billing';
import { AppPage } from '../../components/AppPage';
import { NextStep } from '../../components/first-run/NextStep';
import { NothingGrantedNotice } from '../../components/NothingGranted';
import { RateCards } from './RateCards';

/** What usage costs, from when, and for whom. */
export default function RatesPage() {
  return (
    <AppPage subTitle="What usage costs, from which date, and for whom. A change applies from its date and never rewrites a closed month.">
      <NextStep />
      <NothingGrantedNotice />
      <RateCards me={useBilling()} />
    </AppPage>
  );
}
