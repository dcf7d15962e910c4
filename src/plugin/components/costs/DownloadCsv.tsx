import { getChargebackCsv } from '../../data/chargeback';
import { DownloadButton } from '../DownloadButton';
import { writeSort } from './costs-query';
import type { CostsQuery } from './use-costs-query';

interface Props {
  query: CostsQuery;
  disabled: boolean;
}

/** Downloads what the table of applications is filtered and sorted to, all pages of it, with exact figures. */
export function DownloadCsv({ query: { scope, search, sort }, disabled }: Props) {
  return (
    <DownloadButton
      disabled={disabled}
      tooltip="The filtered lines of all pages, with exact figures"
      load={() => getChargebackCsv({ ...scope, search: search || undefined, sort: writeSort(sort) })}
    />
  );
}
