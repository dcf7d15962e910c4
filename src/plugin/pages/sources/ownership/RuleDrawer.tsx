import { Button, Drawer, Field, FieldSet, Input, Stack, Text } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { DirectoryRule } from '../../../../api/directory';
import type { ResourceField } from '../../../../domain/resource';
import { FieldRows } from './FieldRows';
import { GlobNumbers } from './GlobNumbers';
import { RuleTrial } from './RuleTrial';
import { checkRule, type RuleForm, type RuleProblems } from './rule-form';

interface Props {
  title: string;
  subtitle?: string;
  start: RuleForm;
  /** Counted from 0, and how many places there are. */
  place: number;
  places: number;
  /** Whether the place may be chosen here: for a new rule. */
  placeable: boolean;
  observed?: Partial<Record<ResourceField, string>>;
  /** Paths of fields that may stay empty. */
  kept: string[];
  /** The workspace that an editor's rule must stay within; absent: any. */
  within: string | undefined;
  /** What the collector found wrong with this rule. */
  findings: RuleProblems | undefined;
  /** The whole directory as it would be with this rule at that place. */
  directoryWith: (rule: DirectoryRule, place: number) => DirectoryRule[];
  period: string;
  onDone: (rule: DirectoryRule, place: number) => void;
  onCancel: () => void;
}

/** Writes a rule: every problem as one types, and what it would match and decide at its place. */
export function RuleDrawer({
  title,
  subtitle,
  start,
  place: startPlace,
  places,
  placeable,
  observed,
  kept,
  within,
  findings,
  directoryWith,
  period,
  onDone,
  onCancel,
}: Props) {
  const [form, setForm] = useState(start);
  const [placeText, setPlaceText] = useState(String(startPlace + 1));
  const [told, setTold] = useState(findings !== undefined);
  const { rule, problems } = useMemo(() => checkRule(form, kept), [form, kept]);
  const shown: RuleProblems = told
    ? problems.size > 0 || form !== start
      ? problems
      : (findings ?? problems)
    : new Map();
  const asked = /^[1-9]\d{0,5}$/.test(placeText) ? Number(placeText) : undefined;
  const place = asked !== undefined && asked <= places ? asked - 1 : undefined;
  const change = (next: Partial<RuleForm>) => {
    setForm({ ...form, ...next });
    setTold(true);
  };
  const put = () => {
    setTold(true);
    if (rule && place !== undefined) {
      onDone(rule, place);
    }
  };

  return (
    <Drawer title={title} subtitle={subtitle} size="md" onClose={onCancel}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          put();
        }}
      >
        <FieldSet label="Matches resources with">
          <Stack direction="column" gap={1}>
            <Text color="secondary" variant="bodySmall">
              All of these. A * stands for any text.
              {within !== undefined &&
                ` Only what the rules of its group match already: ${within} gets nothing else, and gives nothing away.`}
            </Text>
            <FieldRows
              part="match"
              legend="Match"
              fixed={undefined}
              rows={form.match}
              problems={shown}
              observed={observed}
              onChange={(match) => change({ match })}
            />
          </Stack>
        </FieldSet>
        <FieldSet label="Sets">
          <Stack direction="column" gap={1}>
            <GlobNumbers match={form.match} />
            <FieldRows
              part="set"
              legend="Set"
              fixed={within === undefined ? undefined : 'workspace'}
              rows={form.set}
              problems={shown}
              observed={undefined}
              onChange={(set) => change({ set })}
            />
          </Stack>
        </FieldSet>
        <Stack direction="column" gap={2}>
          <Field
            label="Valid from"
            description="A day such as 2026-01-01 in the billing time zone; empty: always"
            noMargin
            invalid={shown.has('valid_from')}
            error={shown.get('valid_from')}
          >
            <Input
              id="rule-valid-from"
              width={28}
              placeholder="always"
              value={form.validFrom}
              onChange={(event) => change({ validFrom: event.currentTarget.value })}
            />
          </Field>
          {placeable && (
            <Field
              label="Place in the order"
              description={`1 is asked first, ${places} last`}
              noMargin
              invalid={place === undefined}
              error={`must be a number from 1 to ${places}`}
            >
              <Input
                id="rule-new-place"
                width={10}
                inputMode="numeric"
                value={placeText}
                onChange={(event) => setPlaceText(event.currentTarget.value)}
              />
            </Field>
          )}
          <RuleTrial rule={rule} place={place} directoryWith={directoryWith} period={period} />
          <Stack gap={1}>
            <Button type="submit">Put into the draft</Button>
            <Button type="button" variant="secondary" fill="outline" onClick={onCancel}>
              Cancel
            </Button>
          </Stack>
        </Stack>
      </form>
    </Drawer>
  );
}
