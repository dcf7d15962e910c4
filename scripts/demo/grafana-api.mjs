/** Grafana's HTTP API at `url` as the user `login`, in the organization with the id `organization` (its own by default). */
export class GrafanaApi {
  #headers;

  constructor(url, login, password, organization) {
    this.url = url;
    this.#headers = {
      authorization: `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`,
      ...(organization === undefined ? {} : { 'x-grafana-org-id': String(organization) }),
    };
    this.in = (other) => new GrafanaApi(url, login, password, other);
  }

  /** Sends a request; returns the status and the body, null when that is no JSON. */
  async send(method, path, body) {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...this.#headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    const json = await response.json().catch(() => null);
    return { status: response.status, body: json };
  }

  /** Sends a request and returns its body; throws unless it is answered by 2xx or one of `also`. */
  async ask(method, path, body, also = []) {
    const answer = await this.send(method, path, body);
    if (answer.status >= 300 && !also.includes(answer.status)) {
      throw new Error(`Grafana answered ${method} ${path} by ${answer.status}: ${answer.body?.message ?? ''}`);
    }
    return answer.body;
  }
}
