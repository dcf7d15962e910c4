import { Collapse, Divider, Stack } from '@grafana/ui';
import { useState } from 'react';
import type { Access } from '../../../api/access';
import { HistoryList } from '../../components/history/HistoryList';
import { PageSkeleton } from '../../components/PageSkeleton';
import { RequestProblem } from '../../components/RequestProblem';
import { SeenAsBanner } from '../../components/SeenAsBanner';
import { getAccess } from '../../data/access';
import { getMe } from '../../data/me';
import { useResource } from '../../data/use-resource';
import { Grants } from './Grants';
import { SeeAs } from './SeeAs';
import { Tokens } from './Tokens';

/** Who may see what: grants, a look as somebody else, tokens, and the history of grants and tokens. For administrators. */
export default function AccessTab() {
  const me = useResource(getMe);
  const access = useResource(getAccess);
  // What a change answers takes the place of what was read, so that nothing on the page is lost.
  const [saved, setSaved] = useState<Access>();
  const [historyOpen, setHistoryOpen] = useState(false);
  const [tokensOpen, setTokensOpen] = useState(false);
  if (access.state === 'failed' || me.state === 'failed') {
    const { error, reload } = access.state === 'failed' ? access : (me as Extract<typeof me, { state: 'failed' }>);
    return <RequestProblem what="Access" error={error} onRetry={reload} />;
  }
  if (access.state === 'loading' || me.state === 'loading') {
    return <PageSkeleton />;
  }
  const { timezone } = me.value;
  const inForce = saved ?? access.value;
  const change = (now?: Access) => {
    setSaved(now);
    if (!now) {
      access.reload();
    }
  };
  return (
    <Stack direction="column" gap={2} maxWidth={160}>
      <SeenAsBanner inConfiguration />
      <Grants access={inForce} onChanged={change} />
      <Divider spacing={1} />
      <SeeAs version={inForce.version} />
      <Divider spacing={1} />
      <Tokens timeZone={timezone} />
      <Collapse label="History of the grants" isOpen={historyOpen} onToggle={setHistoryOpen}>
        {historyOpen && <HistoryList key={inForce.version} filter={{ object: 'access' }} timeZone={timezone} />}
      </Collapse>
      <Collapse label="History of the tokens" isOpen={tokensOpen} onToggle={setTokensOpen}>
        {tokensOpen && <HistoryList filter={{ object: 'token' }} timeZone={timezone} />}
      </Collapse>
    </Stack>
  );
}
