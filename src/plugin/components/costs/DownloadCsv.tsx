import { Button } from '@grafana/ui';
import { getChargebackCsv } from '../../data/chargeback';
import { useSend } from '../../data/use-send';
import { saveFile } from '../save-file';
import { writeSort } from './costs-query';
import type { CostsQuery } from './use-costs-query';

interface Props {
  query: CostsQuery;
  disabled: boolean;
}

/** Downloads what the table of applications is filtered and sorted to, all pages of it, with exact figures. */
export function DownloadCsv({ query: { scope, search, sort }, disabled }: Props) {
  const { state, send } = useSend<{ name: string; content: Blob }>();
  const download = () =>
    send(getChargebackCsv({ ...scope, search: search || undefined, sort: writeSort(sort) }), ({ name, content }) =>
      saveFile(name, content),
    );
  const failed = state.state === 'failed';
  return (
    <Button
      variant={failed ? 'destructive' : 'secondary'}
      icon={state.state === 'sending' ? 'spinner' : 'download-alt'}
      disabled={disabled || state.state === 'sending'}
      tooltip={
        failed ? `The download failed: ${state.error.message}` : 'The filtered lines of all pages, with exact figures'
      }
      onClick={download}
    >
      {failed ? 'Download failed, try again' : 'Download CSV'}
    </Button>
  );
}
