import { Button, Text } from '@grafana/ui';
import { EditorBar } from '../../../components/EditorBar';
import { isLargeChange, LARGE_CHANGE, LARGE_SHARE } from './large-changes';
import type { CardEditor } from './use-card-editor';

interface Props {
  editor: CardEditor;
  onCancel: () => void;
}

/** Preview, save and cancel, in reach however long the card is. */
export function EditorActions({ editor: { previewed, busy, showPreview, save }, onCancel }: Props) {
  const large = previewed?.bills.filter(isLargeChange).length ?? 0;
  const asked = `Save, ${large === 1 ? '1 bill changes' : `${large} bills change`} by more than ${LARGE_SHARE}`;
  return (
    <EditorBar>
      <Button
        icon={busy === 'saving' ? 'spinner' : 'save'}
        variant={large > 0 ? 'destructive' : 'primary'}
        disabled={busy !== undefined}
        onClick={save}
      >
        {busy === 'saving' ? 'Saving and rating again…' : large > 0 ? asked : 'Save'}
      </Button>
      <Button
        variant="secondary"
        icon={busy === 'previewing' ? 'spinner' : 'eye'}
        disabled={busy !== undefined || previewed !== undefined}
        onClick={showPreview}
      >
        {busy === 'previewing' ? 'Working out who pays what…' : 'Preview the effect'}
      </Button>
      <Button variant="secondary" fill="outline" disabled={busy === 'saving'} onClick={onCancel}>
        Cancel
      </Button>
      <Text color="secondary" variant="bodySmall">
        {previewed
          ? 'Another change asks for another preview.'
          : `When a bill changes ${LARGE_CHANGE}, saving shows the effect first.`}
      </Text>
    </EditorBar>
  );
}
