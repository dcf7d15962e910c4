import { Collapse, Divider, Stack } from '@grafana/ui';
import { useState } from 'react';
import { HistoryList } from '../../components/history/HistoryList';
import { PageSkeleton } from '../../components/PageSkeleton';
import { RequestProblem } from '../../components/RequestProblem';
import { getAccess } from '../../data/access';
import { getMe } from '../../data/me';
import { useResource } from '../../data/use-resource';
import { Grants } from './Grants';
import { SeeAs } from './SeeAs';
import { Tokens } from './Tokens';

/** Who may see what: grants, a look as somebody else, tokens, and the history of the grants. For administrators. */
export default function AccessTab() {
  const me = useResource(getMe);
  const access = useResource(getAccess);
  const [historyOpen, setHistoryOpen] = useState(false);
  if (access.state === 'failed' || me.state === 'failed') {
    const { error, reload } = access.state === 'failed' ? access : (me as Extract<typeof me, { state: 'failed' }>);
    return <RequestProblem what="Access" error={error} onRetry={reload} />;
  }
  if (access.state === 'loading' || me.state === 'loading') {
    return <PageSkeleton />;
  }
  const { timezone } = me.value;
  return (
    <Stack direction="column" gap={2} maxWidth={160}>
      <Grants access={access.value} onChanged={access.reload} />
      <Divider spacing={1} />
      <SeeAs />
      <Divider spacing={1} />
      <Tokens timeZone={timezone} />
      <Collapse label="History of the grants" isOpen={historyOpen} onToggle={setHistoryOpen}>
        {historyOpen && <HistoryList object="access" timeZone={timezone} />}
      </Collapse>
    </Stack>
  );
}
