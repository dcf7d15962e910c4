import type { Grant } from '../../../api/access';

/** For whom a grant can be, as it is called and as it is asked for. */
export const KINDS = [
  { value: 'login', label: 'Person', ask: 'Login in Grafana', hint: 'As Grafana writes it: its case counts' },
  {
    value: 'team',
    label: 'Team',
    ask: 'Team in Grafana',
    hint: 'Its id, or its name when the collector may ask Grafana for names',
  },
  {
    value: 'email_domain',
    label: 'E-mail domain',
    ask: 'Domain',
    hint: 'Behind the @ of addresses that Grafana has verified, for example example.com',
  },
  { value: 'organization', label: 'Organization', ask: 'Organization in Grafana', hint: 'Its id or its name' },
] as const;
export type GrantKind = (typeof KINDS)[number]['value'];

/** For whom a grant is, and which one of them. */
export function whomOf(grant: Grant): { kind: GrantKind; who: string } {
  const kind = KINDS.find(({ value }) => grant[value] !== undefined)?.value ?? 'login';
  return { kind, who: String(grant[kind] ?? '') };
}

/** A grant as it is sent: ids of teams and organizations are numbers. */
export function grantOf(kind: GrantKind, who: string, workspaces: string[]): Record<string, unknown> {
  const isId = (kind === 'team' || kind === 'organization') && /^[1-9]\d{0,8}$/.test(who);
  return { [kind]: isId ? Number(who) : who, workspaces };
}

/** What a list of names and globs stands for. */
export function seenWords(workspaces: string[] | null): string {
  return workspaces === null || workspaces.includes('*')
    ? 'everything, also what is unallocated'
    : workspaces.length === 0
      ? 'nothing'
      : workspaces.join(', ');
}
