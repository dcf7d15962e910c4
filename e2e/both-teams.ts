import type { APIRequestContext } from '@playwright/test';
import { monthFrom, usageMonth } from './environment/known-usage';
import { environment, expect } from './journey';

const { collector, key } = environment();
const headers = { authorization: `Bearer ${key}` };

/** What journeys made of others (`theirs`): ids; and the paths of all that was made. */
export interface Made {
  theirs: { card: number; budget: number };
  paths: string[];
}

async function post(request: APIRequestContext, path: string, data: object): Promise<number> {
  const answer = await request.post(`${collector}${path}`, { headers, data });
  expect(answer.status(), await answer.text()).toBe(201);
  return ((await answer.json()) as { id: number }).id;
}

/** Makes a discount and a budget of each team, in the collector of the journeys. */
export async function makeBoth(request: APIRequestContext): Promise<Made> {
  const paths: string[] = [];
  const make = async (name: string, workspace: string) => {
    const card = await post(request, '/v1/rate-cards', {
      name: `${name} discount`,
      workspace,
      currency: 'USD',
      valid_from: `${monthFrom(new Date(), 1)}-01`,
      notes: `${name} agreement`,
      prices: { kafka_requests: { per: '1000', unit_price: '1' } },
    });
    paths.push(`/v1/rate-cards/${card}`);
    const budget = await post(request, '/v1/budgets', {
      name: `${name} budget`,
      scope: { workspace },
      amount: '0.01',
      owner: `${name} owner`,
      valid_from: usageMonth(),
    });
    paths.push(`/v1/budgets/${budget}`);
    return { card, budget };
  };
  await make('our', 'payments');
  return { theirs: await make('kanari', 'analytics'), paths };
}

/** Takes away what makeBoth has made. */
export async function takeAway(request: APIRequestContext, { paths }: Made): Promise<void> {
  for (const path of paths) {
    const { etag } = (await request.get(`${collector}${path}`, { headers })).headers();
    await request.delete(`${collector}${path}`, { headers: { ...headers, ...(etag && { 'if-match': etag }) } });
  }
}
