import { useState } from 'react';
import Skeleton from 'react-loading-skeleton';
import { LoadingRegion } from '../../../components/LoadingRegion';
import { RequestProblem } from '../../../components/RequestProblem';
import { getDirectory } from '../../../data/directory';
import { useResource } from '../../../data/use-resource';
import { DirectoryEditor, type OpenDirectory } from './DirectoryEditor';

/** Who owns what: of all workspaces, or the rules that name those which the user sees. */
export function OwnershipTab() {
  const loaded = useResource(getDirectory);
  const [open, setOpen] = useState<OpenDirectory>();
  if (loaded.state === 'loading') {
    return (
      <LoadingRegion label="Loading the directory…">
        <Skeleton height={32} width={320} />
        <Skeleton height={240} style={{ marginTop: 16 }} />
        <Skeleton height={400} style={{ marginTop: 16 }} />
      </LoadingRegion>
    );
  }
  if (loaded.state === 'failed') {
    return <RequestProblem what="The directory" error={loaded.error} onRetry={loaded.reload} />;
  }
  const current = open ?? { directory: loaded.value };
  // Another version begins anew: its draft, what its rules match, and what they leave without an owner.
  return <DirectoryEditor key={current.directory.version} open={current} onOpen={setOpen} />;
}
