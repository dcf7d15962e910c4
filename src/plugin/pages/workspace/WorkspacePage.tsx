import { Navigate, useLocation, useParams } from 'react-router-dom';
import { PAGES, workspaceOfPath } from '../../plugin-id';
import { WorkspaceCosts } from './WorkspaceCosts';

/** The costs of one workspace, whose name may be anything but empty: without one the page is that of all. */
export default function WorkspacePage() {
  const { '*': rest = '' } = useParams();
  const { search } = useLocation();
  const workspace = workspaceOfPath(rest);
  return workspace === '' ? (
    <Navigate to={{ pathname: PAGES.chargeback, search }} replace />
  ) : (
    // A page of its own for each: nothing of one workspace is left on that of another.
    <WorkspaceCosts key={workspace} workspace={workspace} />
  );
}
