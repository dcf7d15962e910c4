import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PreconditionProblem } from '../../api/changed-meanwhile';
import { Problem } from '../../api/common';
import { operationOf, type OperationId } from '../../api/operations';
import { ERRORS } from '../errors';
import { VERSION } from '../version';
import { describeOperation, type DescribedOperation } from './described-operation';
import { ANSWERED_CODES } from './described-problems';
import { plainSchemas } from './plain-schemas';

const DESCRIPTION = `Cost facts, chargeback, prices and owners of Chargeback for Grafana.

Money and quantities are decimals written as text. Times are ISO 8601 in UTC; hours are half-open. Errors are
\`application/problem+json\` with a stable \`code\` and, under \`errors\`, every problem of the input with its path.

The commands need \`URL\`, where the collector is, and \`TOKEN\`, made by \`chargeback token create\`.

<details><summary>Every code of an error</summary>

| code | status | |
| --- | --- | --- |
${ANSWERED_CODES.map((code) => `| \`${code}\` | ${ERRORS[code].status} | ${ERRORS[code].title} |`).join('\n')}

</details>`;

const SCHEMAS = {
  Problem: z.toJSONSchema(Problem),
  PreconditionProblem: z.toJSONSchema(PreconditionProblem),
  ErrorCode: z.toJSONSchema(z.enum(ANSWERED_CODES).describe('stable; a later version may have more')),
};

/** Relative to the document, so that it holds behind a proxy with a path of its own. */
const SERVERS = [{ url: '.', description: 'The collector that serves this document' }];

/** Serves /openapi.json, made from the schemas that the routes check with. Register it before the routes. */
export async function describeApi(server: FastifyInstance): Promise<void> {
  await server.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Chargeback',
        version: VERSION,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        { name: 'Costs', description: 'What was used and what it costs' },
        { name: 'Explanations', description: 'Why an amount is what it is, down to the readings' },
        { name: 'Prices', description: 'Rate cards; writing needs the role admin' },
        { name: 'Budgets', description: 'What may be spent, and what crossed its thresholds' },
        { name: 'Owners', description: 'The directory: who owns what' },
        { name: 'Collection', description: 'What is metered, and how far it is collected' },
        { name: 'Access', description: 'Grants and bearer tokens, for administrators' },
        { name: 'Service', description: 'Health, metrics, history, who asks' },
      ],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'Made by `chargeback token create`' },
          grafana: {
            type: 'apiKey',
            in: 'header',
            name: 'X-Chargeback-Key',
            description: "The shared key, sent by Grafana's proxy beside X-Grafana-Context",
          },
        },
      },
      security: [{ token: [] }, { grafana: [] }],
    },
    transform: named(createJsonSchemaTransform({ zodToJsonConfig: { unrepresentable: 'any' } })),
  });
  let document: object | undefined;
  server.get('/openapi.json', { schema: { hide: true } }, () => (document ??= described(server.swagger())));
}

/** The document with everything that the schemas do not say. */
function described(document: object): object {
  const { paths, components, ...rest } = document as {
    paths: Record<string, Record<string, DescribedOperation>>;
    components: object;
  };
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    if (operation.operationId !== undefined) {
      describeOperation(operation.operationId as OperationId, operation);
    }
  }
  return plainSchemas({ ...rest, servers: SERVERS, paths, components: { ...components, schemas: SCHEMAS } });
}

type Transform = ReturnType<typeof createJsonSchemaTransform>;

/** Gives every route the name of its operation. */
function named(transform: Transform): Transform {
  return (document) => {
    const { schema, url } = transform(document);
    if (schema.hide) {
      return { schema, url };
    }
    const { method, config } = document.route;
    return {
      schema: {
        ...schema,
        operationId: operationOf(String(method), document.url),
        ...(config?.idempotent && { 'x-idempotent': true }),
      },
      url,
    };
  };
}
