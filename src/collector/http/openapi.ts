import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../api/common';
import { VERSION } from '../version';

const DESCRIPTION = `Cost facts, chargeback, prices and owners of Chargeback for Grafana.

Money and quantities are decimals written as text. Times are ISO 8601 in UTC; hours are half-open. Errors are
\`application/problem+json\` with a stable \`code\` and, under \`errors\`, every problem of the input with its path.`;

/** Serves /openapi.json, made from the schemas that the routes check with. Register it before the routes. */
export async function describeApi(server: FastifyInstance): Promise<void> {
  await server.register(swagger, {
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
        { name: 'Owners', description: 'The directory: who owns what' },
        { name: 'Collection', description: 'What is metered, and how far it is collected' },
        { name: 'Service', description: 'Health, metrics, who asks' },
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
    transform: withProblems(createJsonSchemaTransform({ zodToJsonConfig: { unrepresentable: 'any' } })),
  });
  server.get('/openapi.json', { schema: { hide: true } }, () => server.swagger());
}

type Transform = ReturnType<typeof createJsonSchemaTransform>;

/** Describes what every route may answer beside what it says of itself: a problem. */
function withProblems(transform: Transform): Transform {
  const problem = {
    description: 'What is wrong, where, and how to mend it',
    content: { 'application/problem+json': { schema: z.toJSONSchema(Problem) } },
  };
  return (document) => {
    const { schema, url } = transform(document);
    if (schema.hide) {
      return { schema, url };
    }
    const answers = Object.entries((schema.response ?? {}) as Record<string, Record<string, unknown>>);
    const described = answers.map(([status, answer]) => [
      status,
      { ...answer, description: answer.description ?? schema.summary },
    ]);
    return { schema: { ...schema, response: { ...Object.fromEntries(described), default: problem } }, url };
  };
}
