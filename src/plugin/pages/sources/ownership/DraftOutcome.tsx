import { Alert } from '@grafana/ui';
import type { Directory, DirectoryMatches } from '../../../../api/directory';
import { DirectoryChanged } from './DirectoryChanged';
import { DirectoryEffect } from './DirectoryEffect';
import { DraftRefused } from './DraftRefused';
import type { DraftSending } from './use-draft-sending';

interface Props {
  sending: DraftSending;
  /** What the directory in force leaves unmatched, as far as it is known. */
  unmatched: DirectoryMatches['unmatched'] | undefined;
  /** What of an earlier draft could not be put onto somebody else's directory. */
  lost: string[];
  onRebase: (theirs: Directory) => void;
  onTheirs: (theirs: Directory) => void;
}

/** What the collector says to the draft: its effect, or why it is not taken. */
export function DraftOutcome({
  sending: { previewed, refused, findings },
  unmatched,
  lost,
  onRebase,
  onTheirs,
}: Props) {
  return (
    <>
      {lost.length > 0 && (
        <Alert severity="warning" title="Some of your changes were not put onto their version" bottomSpacing={0}>
          <ul>
            {lost.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Alert>
      )}
      {previewed && <DirectoryEffect preview={previewed} before={unmatched} />}
      {refused?.status === 412 && <DirectoryChanged error={refused} onRebase={onRebase} onTheirs={onTheirs} />}
      {refused && refused.status !== 412 && <DraftRefused error={refused} findings={findings} />}
    </>
  );
}
