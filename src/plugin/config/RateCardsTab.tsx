import { RateCards } from '../pages/rates/RateCards';

/** The rate cards as a tab of the app's configuration: the same list and editor as on the page Rates. */
export default function RateCardsTab() {
  return <RateCards />;
}
