import { Collapse } from '@grafana/ui';
import { useBilling } from '../../../billing/use-billing';
import { HistoryList } from '../../../components/history/HistoryList';

interface Props {
  open: boolean;
  onToggle: (open: boolean) => void;
}

/** Who changed the rules and when; asked for when it is opened. */
export function DirectoryHistory({ open, onToggle }: Props) {
  const { timezone } = useBilling();
  return (
    <Collapse label="History of the rules" isOpen={open} onToggle={onToggle}>
      {open && <HistoryList filter={{ object: 'directory' }} timeZone={timezone} />}
    </Collapse>
  );
}
