import type { Collections } from '../../../../api/collections';

/** How far one meter is collected. */
export type MeterCollection = Collections['meters'][number];
