import type { Context } from '../context';

/** Writes down how long after its end an hour is collected: the alerts in Grafana tell by it whether a collector is behind. */
export async function keepSettleMinutes({
  pool,
  config,
}: Pick<Context, 'pool'> & { config: Pick<Context['config'], 'settleMinutes'> }): Promise<void> {
  await pool.query(
    `insert into chargeback_data.setting (key, value) values ('settle_minutes', $1)
     on conflict (key) do update set value = excluded.value`,
    [config.settleMinutes],
  );
}
