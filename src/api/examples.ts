import { COST_EXAMPLES } from './examples/costs';
import { CHARGEBACK_EXAMPLES } from './examples/chargeback';
import { EXPLANATION_EXAMPLES } from './examples/explanations';
import { RATE_CARD_EXAMPLES } from './examples/rate-cards';
import { BUDGET_EXAMPLES } from './examples/budgets';
import { DIRECTORY_EXAMPLES } from './examples/directory';
import { COLLECTION_EXAMPLES } from './examples/collections';
import { SERVICE_EXAMPLES } from './examples/service';
import { ACCESS_EXAMPLES } from './examples/access';
import type { ExamplesOf } from './example';
import type { OperationId } from './operations';

/** An example for every operation. */
export const EXAMPLES: ExamplesOf<OperationId> = {
  ...COST_EXAMPLES,
  ...CHARGEBACK_EXAMPLES,
  ...EXPLANATION_EXAMPLES,
  ...RATE_CARD_EXAMPLES,
  ...BUDGET_EXAMPLES,
  ...DIRECTORY_EXAMPLES,
  ...COLLECTION_EXAMPLES,
  ...SERVICE_EXAMPLES,
  ...ACCESS_EXAMPLES,
};
