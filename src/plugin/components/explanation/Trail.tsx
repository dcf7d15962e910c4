import { Icon, Stack, Text, TextLink } from '@grafana/ui';

interface Props {
  /** From the whole to what is shown; the last one is the place itself. */
  steps: Array<{ title: string; href: string }>;
}

/** The way from a line to what is shown of it, each step a link back. */
export function Trail({ steps }: Props) {
  return (
    <nav aria-label="Steps of the explanation">
      <ol style={{ listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexWrap: 'wrap', gap: 8 }}>
        {steps.map(({ title, href }, index) => (
          <li key={href} aria-current={index === steps.length - 1 ? 'step' : undefined}>
            <Stack gap={1} alignItems="center">
              {index > 0 && <Icon name="angle-right" />}
              {index < steps.length - 1 ? (
                <TextLink href={href} inline={false}>
                  {title}
                </TextLink>
              ) : (
                <Text weight="medium">{title}</Text>
              )}
            </Stack>
          </li>
        ))}
      </ol>
    </nav>
  );
}
