import { PageSkeleton } from '../components/PageSkeleton';
import { RequestProblem } from '../components/RequestProblem';
import { getMe } from '../data/me';
import { useResource } from '../data/use-resource';
import { RateCards } from '../pages/rates/RateCards';

/** The rate cards as a tab of the app's configuration: the same list and editor as on the page Rates. */
export default function RateCardsTab() {
  const me = useResource(getMe);
  if (me.state === 'failed') {
    return <RequestProblem what="The rate cards" error={me.error} onRetry={me.reload} />;
  }
  return me.state === 'loading' ? <PageSkeleton /> : <RateCards me={me.value} />;
}
