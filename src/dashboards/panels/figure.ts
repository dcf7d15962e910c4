import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { sqlQuery } from '../sql-query';
import { FACTS } from '../uids';
import { absolute } from './thresholds';
import { unknownAs } from './unknown';

export interface Figure {
  id: number;
  title: string;
  description: string;
  sql: string;
  unit: string;
  decimals?: number;
  thresholds: Threshold[];
  noValue: string;
}

/** A single figure; its query returns one row. It is coloured when its thresholds say more than "plain". */
export function figure({ id, title, description, sql, unit, decimals, thresholds, noValue }: Figure): PanelBuilder {
  const panel = new PanelBuilder()
    .id(id)
    .title(title)
    .description(description)
    .datasource(FACTS)
    .withTarget(sqlQuery({ sql }))
    .unit(unit)
    .thresholds(absolute(thresholds))
    .noValue(noValue)
    .mappings([unknownAs(noValue)])
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .textMode(BigValueTextMode.Auto)
    .reduceOptions(new ReduceDataOptionsBuilder().values(false).calcs(['lastNotNull']).fields(''));
  return decimals === undefined ? panel : panel.decimals(decimals);
}
