import { useCallback, useMemo, useState } from 'react';
import type { Directory, DirectoryPreview } from '../../../../api/directory';
import { notify } from '../../../components/notify';
import type { ApiError } from '../../../data/api-error';
import { previewDirectory, saveDirectory } from '../../../data/directory';
import { useSend } from '../../../data/use-send';
import { exactQuantity } from '../../../format/quantity';
import { rulesOf, type DirectoryDraft } from './directory-draft';
import type { RuleProblems } from './rule-form';
import { findingsByRule } from './server-findings';

/** How a draft gets to the collector: first as a preview, then to be saved. */
export interface DraftSending {
  /** What the draft as it is would change; absent until it was asked for. */
  previewed: DirectoryPreview | undefined;
  busy: 'previewing' | 'saving' | undefined;
  refused: ApiError | undefined;
  /** What the collector found wrong, by the place of the rule. */
  findings: ReadonlyMap<number, RuleProblems>;
  preview: () => void;
  save: () => void;
}

/** Previews and saves `draft`; an answer is of that draft only, and the next change forgets it. */
export function useDraftSending(
  draft: DirectoryDraft,
  period: string,
  onSaved: (directory: Directory) => void,
): DraftSending {
  const [answer, setAnswer] = useState<{ of: DirectoryDraft; period: string; preview: DirectoryPreview }>();
  const [sent, setSent] = useState<DirectoryDraft>();
  const previewing = useSend<DirectoryPreview>();
  const saving = useSend<Directory & { resources_changed: number }>();

  const { send: sendPreview } = previewing;
  const { send: sendSave, reset: resetSave } = saving;
  const preview = useCallback(() => {
    setSent(draft);
    resetSave();
    sendPreview(previewDirectory(rulesOf(draft), period), (value) => setAnswer({ of: draft, period, preview: value }));
  }, [draft, period, sendPreview, resetSave]);
  const save = useCallback(() => {
    setSent(draft);
    sendSave(saveDirectory(rulesOf(draft), draft.version), (saved) => {
      notify(`The directory is saved: ${exactQuantity(String(saved.resources_changed), 'resource')} changed owner.`);
      onSaved(saved);
    });
  }, [draft, sendSave, onSaved]);

  const failure = [saving.state, previewing.state].find((one) => one.state === 'failed');
  const refused = failure?.state === 'failed' && sent === draft ? failure.error : undefined;
  return {
    previewed: answer?.of === draft && answer.period === period ? answer.preview : undefined,
    busy: previewing.state.state === 'sending' ? 'previewing' : saving.state.state === 'sending' ? 'saving' : undefined,
    refused,
    findings: useMemo(
      () => (refused ? findingsByRule(refused, draft) : new Map<number, RuleProblems>()),
      [refused, draft],
    ),
    preview,
    save,
  };
}
