import { ROUTES, type OperationId } from './routes';
import { SHAPES } from './shapes';

type Operations = { [Id in OperationId]: (typeof ROUTES)[Id] & (typeof SHAPES)[Id] };

/** Every operation: its route, and what it takes and answers. */
export const OPERATIONS = Object.fromEntries(
  (Object.keys(ROUTES) as OperationId[]).map((id) => [id, { ...ROUTES[id], ...SHAPES[id] }]),
) as Operations;
export { operationOf, type OperationId } from './routes';
