import { keyOf, type DataLink } from '../links-to';
import { APP_ID } from '../uids';

/** The app's page of collected hours, for the meter in a column of the row. */
export const toCollection = (column: string): DataLink => ({
  title: 'Hours and reasons (Sources, Collection)',
  url: `/a/${APP_ID}/sources?tab=collection&meter=${keyOf(column)}`,
});
