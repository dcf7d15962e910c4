import { RESOURCE_FIELDS } from '../../domain/resource';

/** What parameters mean that many operations have, where their own schema says nothing. */
export const PARAMETER_WORDS: Record<string, string> = {
  from_ts: 'the first hour, or at which moment the range begins',
  to_ts: 'the end of the range, which is not part of it',
  from: 'the first hour',
  to: 'the end of the range, which is not part of it',
  period: 'a month YYYY-MM of the billing time zone; instead of from_ts and to_ts where there are those',
  day: 'a day of the billing time zone',
  hour: 'the beginning of the hour',
  granularity: 'what a row is of',
  group_by: 'names of dimensions, with commas between them; charge_type is the meter',
  charge_type: 'the slug of a meter',
  meter: 'the slug of a meter',
  currency: 'ISO 4217; all currencies when absent, which are never added up',
  limit: 'rows of a page',
  offset: 'rows before the page',
  cursor: 'next_cursor of the page before; the rest of the question stays the same',
  by: 'what a line or a series stands for',
  top: 'how many values are series of their own; the rest is one',
  sort: 'the name of a figure or of a name of the line; with - before it the greatest come first',
  search: 'words that must all occur; case does not matter',
  object: 'the kind of thing that was changed',
  dimension_type: 'which names',
  login: 'in Grafana, as Grafana writes it',
  id: 'as it stands in the list',
  ...Object.fromEntries(
    RESOURCE_FIELDS.map((field) => [field, 'only with this value, or one of several; empty: without one']),
  ),
};
