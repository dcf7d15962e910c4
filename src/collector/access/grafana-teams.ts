import type { Logger } from 'pino';
import { z } from 'zod';

/** How long names of teams are believed, milliseconds. */
const LAST = 300_000;
const TIMEOUT = 5_000;
const PAGE = 1000;

const Teams = z.object({ totalCount: z.number(), teams: z.array(z.object({ id: z.number(), name: z.string() })) });

/**
 * Names of Grafana's teams, of which requests carry only the ids. Asked for with the token of a service account that may
 * read teams (role Viewer with teams:read, or Editor).
 */
export class GrafanaTeams {
  private names = new Map<number, string>();
  private readAt = -Infinity;
  private reading: Promise<void> | null = null;

  /** `now` is the present in milliseconds. */
  constructor(
    private readonly grafanaUrl: string,
    private readonly token: string,
    private readonly now: () => number,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  /** The names of teams by their ids; one that is not known has none, so that no grant by name fits it. */
  async namesOf(ids: number[]): Promise<string[]> {
    if (ids.length === 0) {
      return [];
    }
    const old = this.now() - this.readAt > LAST;
    if (old || ids.some((id) => !this.names.has(id) && this.now() - this.readAt > TIMEOUT)) {
      this.reading ??= this.read().finally(() => (this.reading = null));
      await this.reading;
    }
    return ids.flatMap((id) => this.names.get(id) ?? []);
  }

  /** Reads all teams; when Grafana does not answer, those known before stay. */
  private async read(): Promise<void> {
    this.readAt = this.now();
    try {
      const found = new Map<number, string>();
      for (let page = 1, total = 1; found.size < total; page++) {
        const { totalCount, teams } = await this.page(page);
        teams.forEach(({ id, name }) => found.set(id, name));
        total = teams.length === 0 ? 0 : totalCount;
      }
      this.names = found;
    } catch (error) {
      this.log.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'the names of teams could not be read from Grafana; grants to teams by name hold as far as names are known from before',
      );
    }
  }

  private async page(page: number): Promise<z.infer<typeof Teams>> {
    const answer = await fetch(`${this.grafanaUrl}/api/teams/search?perpage=${PAGE}&page=${page}`, {
      headers: { authorization: `Bearer ${this.token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!answer.ok) {
      throw new Error(
        `Grafana answered ${answer.status}; CHARGEBACK_GRAFANA_TOKEN must be of a service account that may read teams`,
      );
    }
    return Teams.parse(await answer.json());
  }
}
