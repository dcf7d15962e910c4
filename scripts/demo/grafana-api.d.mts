/** Grafana's HTTP API as a user, in an organization. */
export class GrafanaApi {
  constructor(url: string, login: string, password: string, organization?: number);
  /** The same user in another organization. */
  in(organization: number): GrafanaApi;
  send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  ask(method: string, path: string, body?: unknown, also?: number[]): Promise<unknown>;
}
