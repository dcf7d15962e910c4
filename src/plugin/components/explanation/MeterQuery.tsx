import { ClipboardButton, LinkButton, Stack, Text } from '@grafana/ui';
import { exploreLink } from './explore-link';

interface Props {
  query: string;
  /** Start of the hour that is looked at. */
  hour: string;
}

/** The PromQL that a meter reads, with the ways to look at the same samples. */
export function MeterQuery({ query, hour }: Props) {
  const explore = exploreLink(query, hour);
  return (
    <Stack gap={1} alignItems="center" wrap="wrap">
      <Text color="secondary">The meter reads</Text>
      <Text variant="code">{query}</Text>
      <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => query}>
        Copy
      </ClipboardButton>
      {explore && (
        <LinkButton size="sm" variant="secondary" icon="compass" href={explore}>
          Open this hour in Explore
        </LinkButton>
      )}
    </Stack>
  );
}
