import type { NavModelItem } from '@grafana/data';
import { useSearchParams } from 'react-router-dom';
import { AppPage } from '../../components/AppPage';
import { NextStep } from '../../components/first-run/NextStep';
import { NothingGrantedNotice } from '../../components/NothingGranted';
import { PAGES } from '../../plugin-id';
import { CollectionTab } from './collection/CollectionTab';
import { OwnershipTab } from './ownership/OwnershipTab';

const SUBTITLES = {
  ownership: 'Who owns what is used. The rules apply in their order: for each field the first rule that sets it wins.',
  collection: 'How far usage is collected, hour by hour, and what is missing.',
};

/** Who owns what is used, and how far usage is collected. */
export default function SourcesPage() {
  const [params] = useSearchParams();
  const tab = params.get('tab') === 'collection' ? 'collection' : 'ownership';
  const pageNav: NavModelItem = {
    text: 'Sources',
    url: PAGES.ownership,
    children: [
      { text: 'Ownership', url: PAGES.ownership, active: tab === 'ownership' },
      { text: 'Collection', url: PAGES.collection, active: tab === 'collection' },
    ],
  };
  return (
    <AppPage pageNav={pageNav} subTitle={SUBTITLES[tab]}>
      <NextStep />
      <NothingGrantedNotice />
      {tab === 'ownership' ? <OwnershipTab /> : <CollectionTab />}
    </AppPage>
  );
}
