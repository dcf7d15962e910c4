import { Button } from '@grafana/ui';
import type { Observable } from 'rxjs';
import type { NamedFile } from '../../api/operation';
import { useSend } from '../data/use-send';
import { saveFile } from './save-file';

interface Props {
  /** Asks for the file. */
  load: () => Observable<NamedFile>;
  /** What is in the file. */
  tooltip: string;
  disabled?: boolean;
}

/** Downloads a CSV file. */
export function DownloadButton({ load, tooltip, disabled = false }: Props) {
  const { state, send } = useSend<NamedFile>();
  const failed = state.state === 'failed';
  return (
    <Button
      variant={failed ? 'destructive' : 'secondary'}
      icon={state.state === 'sending' ? 'spinner' : 'download-alt'}
      disabled={disabled || state.state === 'sending'}
      tooltip={failed ? `The download failed: ${state.error.message}` : tooltip}
      onClick={() => send(load(), ({ name, content }) => saveFile(name, content))}
    >
      {failed ? 'Download failed, try again' : 'Download CSV'}
    </Button>
  );
}
