import type { InputOf, Operation, OutputOf } from './operation';
import type { OPERATIONS, OperationId } from './operations';

/**
 * A request that a reader may send as it stands, and what the collector answered to it. The test of the OpenAPI document
 * sends each of them to a collector on the ledger of src/testing/example-ledger.ts.
 */
export interface Example<O extends Operation> {
  input: InputOf<O>;
  /** The ETag of what is replaced or deleted. */
  ifMatch?: string;
  /** Of a file its text; undefined where the answer has no body. */
  answer: O extends { file: string } ? string : OutputOf<O>;
}

/** An example for each of these operations. */
export type ExamplesOf<Ids extends OperationId> = { [Id in Ids]: Example<(typeof OPERATIONS)[Id]> };
