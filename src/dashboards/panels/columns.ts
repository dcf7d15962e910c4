import type { DynamicConfigValue, Threshold } from '@grafana/grafana-foundation-sdk/dashboard';
import type { DataLink } from '../links-to';
import { THRESHOLDS } from '../thresholds';
import { absolute } from './thresholds';
import { unknownAs } from './unknown';
import { MONEY } from './money-unit';

/** How a column of a table looks. */
export type Column = DynamicConfigValue[];

const width = (pixels?: number): Column => (pixels === undefined ? [] : [{ id: 'custom.width', value: pixels }]);
const number = (unit: string, decimals: number, pixels?: number): Column => [
  { id: 'unit', value: unit },
  { id: 'decimals', value: decimals },
  { id: 'mappings', value: [unknownAs('–')] },
  ...width(pixels),
];

/** Columns of tables, by what stands in them; widths are pixels. */
export const COLUMN = {
  /** A name, with links to where it is explained. */
  entity: (links: DataLink[] = [], pixels?: number): Column => [
    ...(links.length > 0 ? [{ id: 'links', value: links }] : []),
    ...(pixels === undefined ? [{ id: 'custom.minWidth', value: 120 }] : width(pixels)),
  ],
  text: (pixels?: number): Column => width(pixels),
  /** An amount in the dashboard's currency; the column's sum stands below it unless `sum` is false. */
  money: (pixels = 105, sum = true): Column => [
    ...number(MONEY, 2, pixels),
    ...(sum ? [{ id: 'custom.footer.reducers', value: ['sum'] }] : []),
  ],
  /** Of one unit in all rows. */
  gib: (pixels = 110): Column => number(MONEY, 2, pixels),
  /** Of units that differ by row. */
  quantity: (pixels = 110): Column => number('locale', 2, pixels),
  /** Bytes in the IEC unit that suits them. */
  bytes: (pixels = 100): Column => number('bytes', 2, pixels),
  count: (pixels = 90): Column => number('locale', 0, pixels),
  /** 0..1, shown as percent. */
  share: (pixels = 75): Column => number('percentunit', 1, pixels),
  /** A number whose text is coloured by thresholds. */
  graded: (steps: Threshold[], unit: string, decimals: number, pixels = 95): Column => [
    ...number(unit, decimals, pixels),
    { id: 'thresholds', value: absolute(steps).build() },
    { id: 'custom.cellOptions', value: { type: 'color-text' } },
  ],
  /** A difference of amounts in the dashboard's currency; what rises is red. No `sum` where it can be unknown: Grafana's would be 0. */
  change: (pixels = 105, sum = true): Column => [
    ...COLUMN.graded(THRESHOLDS.costChange, MONEY, 2, pixels),
    ...(sum ? [{ id: 'custom.footer.reducers', value: ['sum'] }] : []),
  ],
  confidence: (pixels = 100): Column => COLUMN.graded(THRESHOLDS.confidence, 'none', 2, pixels),
  /** What is only there for links. */
  hidden: (): Column => [
    { id: 'custom.hideFrom.viz', value: true },
    // The panel's text for nothing would stand in links.
    { id: 'noValue', value: '' },
    { id: 'custom.width', value: 1 },
  ],
};
