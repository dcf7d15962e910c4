export interface TestPostgres {
  url: string;
  stop(): Promise<void>;
  restart: (() => Promise<void>) | null;
}
export function freePort(): Promise<number>;
export function startTestPostgres(options?: { durable?: boolean; flags?: string[] }): Promise<TestPostgres>;
