import type { Row } from './dashboard-panels';

/** A quotient or quantity to nine digits: PostgreSQL rounds a division where it likes. */
export const precise = (cell: Row[string] | number | undefined | null) =>
  cell === null || cell === undefined ? null : Number(String(cell)).toPrecision(9);
