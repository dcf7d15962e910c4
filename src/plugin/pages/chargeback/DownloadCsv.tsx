import { Button } from '@grafana/ui';
import { useEffect, useRef, useState } from 'react';
import type { Subscription } from 'rxjs';
import type { ApiError } from '../../data/api-error';
import { getChargebackCsv, type ChargebackScope } from '../../data/chargeback';
import { saveFile } from '../../components/save-file';

interface Props extends ChargebackScope {
  disabled: boolean;
}

/** Downloads the month's chargeback, all lines and the total, whatever the table is filtered to. */
export function DownloadCsv({ period, currency, disabled }: Props) {
  const [state, setState] = useState<{ busy: boolean; error?: ApiError }>({ busy: false });
  const running = useRef<Subscription>();
  useEffect(() => () => running.current?.unsubscribe(), []);

  const download = () => {
    setState({ busy: true });
    running.current = getChargebackCsv({ period, currency }).subscribe({
      next: ({ name, content }) => {
        saveFile(name, content);
        setState({ busy: false });
      },
      error: (error: ApiError) => setState({ busy: false, error }),
    });
  };

  return (
    <Button
      variant={state.error ? 'destructive' : 'secondary'}
      icon={state.busy ? 'spinner' : 'download-alt'}
      disabled={disabled || state.busy}
      tooltip={
        state.error ? `The download failed: ${state.error.message}` : 'All lines and the total, with exact figures'
      }
      onClick={download}
    >
      {state.error ? 'Download failed, try again' : 'Download CSV'}
    </Button>
  );
}
