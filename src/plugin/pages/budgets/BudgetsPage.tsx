import { useBilling } from '../../billing/use-billing';
import { AppPage } from '../../components/AppPage';
import { NextStep } from '../../components/first-run/NextStep';
import { Budgets } from './Budgets';

/** How much may be spent, how much is, and who is told. */
export default function BudgetsPage() {
  return (
    <AppPage subTitle="How much may be spent in a month, quarter or year, how much is, and who is told at which part of it.">
      <NextStep />
      <Budgets me={useBilling()} />
    </AppPage>
  );
}
