import type { ExamplesOf } from '../example';

/** Examples of grants and tokens. */
export const ACCESS_EXAMPLES: ExamplesOf<
  'getAccess' | 'replaceAccess' | 'getEffectiveAccess' | 'listTokens' | 'createToken' | 'revokeToken'
> = {
  getAccess: {
    input: {},
    answer: {
      version: 1,
      grants: [{ team: 'payments', workspaces: ['payments'] }],
      default_access: 'none',
      applied_at: '2026-03-10T12:20:00.000Z',
      applied_by: 'admin',
    },
  },
  replaceAccess: {
    input: {
      body: {
        grants: [
          { team: 'payments', workspaces: ['payments', 'pay-*'] },
          { login: 'ann', workspaces: ['search'] },
        ],
      },
    },
    ifMatch: '"1"',
    answer: {
      version: 2,
      grants: [
        { team: 'payments', workspaces: ['payments', 'pay-*'] },
        { login: 'ann', workspaces: ['search'] },
      ],
      default_access: 'none',
      applied_at: '2026-03-10T12:20:00.000Z',
      applied_by: 'admin-token',
    },
  },
  getEffectiveAccess: {
    input: { login: 'ann', team: ['payments'] },
    answer: {
      grants: [{ place: 1, grant: { team: 'payments', workspaces: ['payments'] } }],
      by_default: false,
      granted: ['payments'],
      workspaces: ['payments'],
    },
  },
  listTokens: {
    input: {},
    answer: {
      data: [
        {
          id: 1,
          name: 'monthly-export',
          role: 'viewer',
          workspaces: ['payments'],
          state: 'active',
          created_at: '2026-03-10T12:20:00.000Z',
          created_by: 'admin',
          expires_at: null,
          last_used_at: null,
          revoked_at: null,
          revoked_by: null,
        },
        {
          id: 2,
          name: 'old-export',
          role: 'viewer',
          workspaces: ['payments'],
          state: 'active',
          created_at: '2026-03-10T12:20:00.000Z',
          created_by: 'admin',
          expires_at: null,
          last_used_at: null,
          revoked_at: null,
          revoked_by: null,
        },
      ],
    },
  },
  createToken: {
    input: {
      body: { name: 'finance-report', role: 'viewer', workspaces: ['payments'], expires_at: '2099-12-31T00:00:00Z' },
    },
    answer: {
      id: 3,
      name: 'finance-report',
      role: 'viewer',
      workspaces: ['payments'],
      state: 'active',
      created_at: '2026-03-10T12:20:00.000Z',
      created_by: 'admin-token',
      expires_at: '2099-12-31T00:00:00.000Z',
      last_used_at: null,
      revoked_at: null,
      revoked_by: null,
      token: 'cbk_shown-this-once',
    },
  },
  revokeToken: {
    input: { id: 2 },
    answer: {
      id: 2,
      name: 'old-export',
      role: 'viewer',
      workspaces: ['payments'],
      state: 'revoked',
      created_at: '2026-03-10T12:20:00.000Z',
      created_by: 'admin',
      expires_at: null,
      last_used_at: null,
      revoked_at: '2026-03-10T12:30:00.000Z',
      revoked_by: 'admin-token',
    },
  },
};
