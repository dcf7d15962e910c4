import { config, DataSourcePicker } from '@grafana/runtime';
import { Field, Stack, Text, TextLink } from '@grafana/ui';
import { FACTS_TYPE } from '../data/facts-datasource';

/** The dashboard that comes with the app; its variable `facts` takes the uid of a data source. */
const COSTS_DASHBOARD = '/d/chargeback-costs';

interface Props {
  /** uid of the chosen data source. */
  uid: string | undefined;
  /** Whether the choice is saved, so that links may use it. */
  saved: boolean;
  onChange: (uid: string | undefined) => void;
}

/** Which PostgreSQL data source dashboards read the collector's views with. */
export function FactsDatasource({ uid, saved, onChange }: Props) {
  const known = Object.values(config.datasources).some(({ type }) => type === FACTS_TYPE);
  return (
    <Stack direction="column" gap={1}>
      {known ? (
        <Field
          noMargin
          label="Data source of the facts"
          description="PostgreSQL, logged in as chargeback_reader; for dashboards, alerts and people who write SQL. The test tells whether it can do more than read the views."
        >
          <DataSourcePicker
            inputId="facts-datasource"
            type={FACTS_TYPE}
            width={60}
            noDefault
            current={uid ?? null}
            placeholder="Choose a PostgreSQL data source"
            onChange={(chosen) => onChange(chosen.uid)}
            onClear={() => onChange(undefined)}
          />
        </Field>
      ) : (
        <div>
          <Text weight="medium">Data source of the facts</Text>
          <div>
            <Text color="secondary">
              There is no PostgreSQL data source here{uid ? `; “${uid}” is chosen` : ''}. The pages of the app work
              without one; dashboards, alerts and SQL need it: start the collector with CHARGEBACK_READER_PASSWORD and{' '}
              <TextLink href="/connections/datasources/new">add a PostgreSQL data source</TextLink> that logs in as
              chargeback_reader.
            </Text>
          </div>
        </div>
      )}
      {uid && saved && known && (
        <TextLink href={`${COSTS_DASHBOARD}?var-facts=${encodeURIComponent(uid)}`} inline={false}>
          Open the dashboard of costs with this data source
        </TextLink>
      )}
    </Stack>
  );
}
