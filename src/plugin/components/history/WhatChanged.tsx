import type { ApiError } from '../../data/api-error';
import { DifferenceList } from './DifferenceList';
import { meanwhileDifferences } from './meanwhile-differences';

interface Props {
  /** Why a write was refused. */
  error: ApiError;
  /** Of times that are told; as the collector writes them when absent. */
  timeZone?: string;
}

/** What somebody else changed of a thing since it was read; nothing where the refusal does not tell. */
export function WhatChanged({ error, timeZone = '' }: Props) {
  const differences = meanwhileDifferences(error, timeZone);
  return differences.length > 0 ? <DifferenceList label="What was changed" differences={differences} /> : null;
}
