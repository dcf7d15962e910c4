import type { Example } from '../../api/example';
import { EXAMPLES } from '../../api/examples';
import type { Operation } from '../../api/operation';
import { OPERATIONS, type OperationId } from '../../api/operations';
import { ERRORS } from '../errors';
import { isConditional } from './conditional-get';
import { problemsOf } from './described-problems';
import { curlOf } from './example-curl';
import { PARAMETER_WORDS } from './parameter-words';
import { RIGHTS, type Right } from './rights';

/** What is changed here of an operation of an OpenAPI document. */
export interface DescribedOperation {
  operationId?: string;
  summary?: string;
  description?: string;
  parameters?: Array<{
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: object;
    example?: unknown;
  }>;
  requestBody?: { required?: boolean; content: Record<string, DescribedContent> };
  responses: Record<string, DescribedAnswer>;
  /** Whether an Idempotency-Key makes that it is done once. */
  'x-idempotent'?: boolean;
  'x-role'?: string;
  'x-reach'?: string;
}
interface DescribedContent {
  schema?: object;
  example?: unknown;
}
interface DescribedAnswer {
  description: string;
  headers?: Record<string, { description: string; schema: object }>;
  content?: Record<string, DescribedContent>;
}

const text = { type: 'string' };
/** Names of headers as people write them; the server has them in small letters. */
const HEADERS: Record<string, string> = { 'if-match': 'If-Match' };
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'any text of 1 to 200 characters; the same request with the same key within a day is done once',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};
const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'the ETag of the answer that one has; while it is the same the answer is 304 without a body',
  schema: { type: 'string' },
};
const RETRY_AFTER = { description: 'seconds after which to ask again', schema: { type: 'integer' } };
const problem = (schema: string) => ({
  'application/problem+json': { schema: { $ref: `#/components/schemas/${schema}` } },
});
const PROBLEM = problem('Problem');

/** Adds to what the schemas say of an operation: its name, who may use it, an example as curl, and every refusal. */
export function describeOperation(id: OperationId, operation: DescribedOperation): void {
  const shape: Operation = OPERATIONS[id];
  const example: Example<Operation> = EXAMPLES[id];
  const conditional = operation.parameters?.some(({ name }) => name.toLowerCase() === 'if-match') ?? false;
  const right = RIGHTS.find(({ method, path }) => method === shape.method && path === shape.path);
  operation.operationId = id;
  operation.description = `${whoMay(right)}\n\n\`\`\`sh\n${curlOf(shape, example)}\n\`\`\``;
  if (right) {
    operation['x-role'] = right.role;
    operation['x-reach'] = right.reach;
  }
  describeParameters(operation, shape, example);
  if (operation.requestBody) {
    operation.requestBody.required = true;
    for (const content of Object.values(operation.requestBody.content)) {
      content.example = (example.input as { body?: unknown }).body;
    }
  }
  for (const [status, answer] of Object.entries(operation.responses)) {
    answer.description = answer.description === 'Default Response' ? (operation.summary ?? id) : answer.description;
    describeAnswer(answer, status === String(shape.status), shape, example);
  }
  if (isConditional(shape.path)) {
    operation.responses['304'] = { description: 'It is what one has already' };
  }
  const codes = problemsOf(id, shape, conditional);
  for (const status of new Set(codes.map((code) => ERRORS[code].status))) {
    const own = codes.filter((code) => ERRORS[code].status === status);
    const refused: DescribedAnswer = {
      description: own.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('; '),
      ...((status === 429 || status === 503) && { headers: { 'Retry-After': RETRY_AFTER } }),
      content: status === 412 ? problem('PreconditionProblem') : PROBLEM,
    };
    // What a route itself says of a status stays.
    operation.responses = { [status]: refused, ...operation.responses };
  }
  operation.responses.default = { description: 'What is wrong, where, and how to mend it', content: PROBLEM };
}

function whoMay(right: Right | undefined): string {
  if (!right) {
    return 'Open to everybody.';
  }
  const about = {
    nothing: 'it speaks of no workspace',
    granted: 'it speaks of the workspaces that one may see',
    everything: 'only for those who may see every workspace',
  }[right.reach];
  return `For the role ${right.role}${right.role === 'admin' ? '' : ' and those above'}; ${about}.`;
}

function describeParameters(operation: DescribedOperation, { path }: Operation, example: Example<Operation>): void {
  const given = example.input as Record<string, unknown>;
  for (const parameter of operation.parameters ?? []) {
    parameter.name = HEADERS[parameter.name] ?? parameter.name;
    parameter.description ??= PARAMETER_WORDS[parameter.name];
    const value = parameter.name === 'If-Match' ? example.ifMatch : given[parameter.name];
    if (value !== undefined) {
      parameter.example = value;
    }
  }
  if (isConditional(path)) {
    operation.parameters = [...(operation.parameters ?? []), IF_NONE_MATCH];
  }
  if (operation['x-idempotent']) {
    operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY];
  }
}

function describeAnswer(
  answer: DescribedAnswer,
  isExample: boolean,
  shape: Operation,
  example: Example<Operation>,
): void {
  if (!isExample) {
    return;
  }
  for (const content of Object.values(answer.content ?? {})) {
    content.example = example.answer;
  }
  answer.headers = {
    ...answer.headers,
    ...(shape.etag && { ETag: { description: 'its version in quotes, to be sent back as If-Match', schema: text } }),
    ...(isConditional(shape.path) && { ETag: { description: 'of this content, for If-None-Match', schema: text } }),
    ...((shape.status === 201 || shape.status === 202) && {
      Location: { description: 'where it is read', schema: text },
    }),
    ...(shape.path.startsWith('/v1/') &&
      shape.file && {
        'Content-Disposition': { description: 'the name of the file', schema: text },
      }),
  };
}
