import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, LinkButton, Stack, Text, useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom';
import type { FirstRunStep } from './first-run-steps';

const LOOKS = {
  done: { icon: 'check-circle', color: 'success', word: 'Done' },
  next: { icon: 'arrow-right', color: 'primary', word: 'To do' },
  later: { icon: 'clock-nine', color: 'secondary', word: 'Later' },
} as const;

/** The way from an empty install to the first cost: each step with its state, what to do, and where. */
export function StepList({ steps }: { steps: FirstRunStep[] }) {
  const styles = useStyles2(getStyles);
  const { pathname, search } = useLocation();
  const here = pathname + search;
  const first = steps.find(({ state }) => state === 'next')?.id;
  return (
    <ol className={styles.list} aria-label="Steps to the first cost">
      {steps.map(({ id, title, state, detail, link }) => (
        <li key={id} className={styles.step} data-testid={`step-${id}`} data-state={state}>
          <Stack gap={2} alignItems="flex-start">
            <Text color={LOOKS[state].color}>
              <Icon name={LOOKS[state].icon} title={LOOKS[state].word} size="lg" />
            </Text>
            <div className={styles.text}>
              <Text weight="medium" color={state === 'later' ? 'secondary' : 'primary'}>
                {title}
              </Text>
              <div>
                <Text color="secondary">{detail}</Text>
              </div>
            </div>
            {link && !here.startsWith(link.href) && (
              <LinkButton size="sm" variant={id === first ? 'primary' : 'secondary'} href={link.href}>
                {link.title}
              </LinkButton>
            )}
          </Stack>
        </li>
      ))}
    </ol>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    margin: 0,
    padding: 0,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  step: css({
    padding: theme.spacing(1.5, 2),
    '& + &': { borderTop: `1px solid ${theme.colors.border.weak}` },
  }),
  text: css({ flex: 1, minWidth: 0 }),
});
