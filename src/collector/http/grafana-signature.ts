import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { ROLES, type Role } from '../../api/common';
import { ChargebackError } from '../errors';
import { roleOf, type GrafanaUser } from './grafana-user';

/** How far the clocks of Grafana and collector may be apart, seconds. */
const CLOCK_SKEW = 60;
/** How long the signing keys are believed before Grafana is asked again, milliseconds; an unknown key is asked for at once. */
const KEYS_LAST = 3_600_000;
/** How long a longest-lived statement is: Grafana signs for ten minutes. */
const LONGEST_LIFE = '15m';
/** A header that is longer is nobody's. */
const LONGEST = 8192;

/** What Grafana signs of a user, in X-Grafana-Id. */
const Claims = z.object({
  sub: z.string().regex(/^(user|service-account|anonymous):\d+$/),
  aud: z.string().regex(/^org:\d+$/),
  identifier: z.string().optional(),
  username: z.string().optional(),
  email: z.string().optional(),
  role: z.string().optional(),
});
type Claims = z.infer<typeof Claims>;

const refused = (detail: string) => new ChargebackError('UNAUTHENTICATED', detail);

/** Checks what Grafana signs of its users, by the keys that it publishes. */
export class GrafanaSignature {
  private readonly keys: JWTVerifyGetKey;

  /** `now` is the present in milliseconds. */
  constructor(
    grafanaUrl: string,
    private readonly now: () => number,
  ) {
    this.keys = createRemoteJWKSet(new URL(`${grafanaUrl}/api/signing-keys/keys`), {
      cacheMaxAge: KEYS_LAST,
      cooldownDuration: 2_000,
      timeoutDuration: 5_000,
    });
  }

  /**
   * The user with the role that is certain: the lower one of what Grafana states and what it signed. Throws UNAUTHENTICATED
   * when `token` is not signed by this Grafana, has expired, or speaks of somebody else, and GRAFANA_UNAVAILABLE when its keys
   * cannot be read.
   */
  async confirm(user: GrafanaUser, token: string): Promise<GrafanaUser> {
    const claims = await this.verify(token);
    const { signed } = user;
    const differs =
      claims.sub !== signed.subject ||
      claims.aud !== signed.audience ||
      (signed.identifier !== undefined && claims.identifier !== signed.identifier) ||
      (claims.username !== undefined && claims.username !== user.login) ||
      (user.grantee.email !== undefined && claims.email !== user.grantee.email);
    if (differs) {
      throw refused('X-Grafana-Id is signed for another user than X-Grafana-Context states.');
    }
    const role = roleOf(claims.role) ?? 'viewer';
    return { ...user, role: lower(role, user.role) };
  }

  private async verify(token: string): Promise<Claims> {
    if (token.length > LONGEST) {
      throw refused('X-Grafana-Id is longer than any that Grafana sends.');
    }
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: ['ES256'],
        clockTolerance: CLOCK_SKEW,
        currentDate: new Date(this.now()),
        requiredClaims: ['exp', 'iat', 'sub', 'aud'],
        maxTokenAge: LONGEST_LIFE,
      });
      return Claims.parse(payload);
    } catch (error) {
      throw explain(error);
    }
  }
}

const lower = (one: Role, other: Role): Role => (ROLES.indexOf(one) < ROLES.indexOf(other) ? one : other);

function explain(error: unknown): ChargebackError {
  if (error instanceof errors.JWTExpired) {
    return refused(
      'What Grafana signed of the user (X-Grafana-Id) has expired. Load the page again; if it stays, compare the clocks of Grafana and collector.',
    );
  }
  if (error instanceof errors.JOSEError && !UNREACHABLE.has(error.code)) {
    return refused(`X-Grafana-Id is not signed by the Grafana of CHARGEBACK_GRAFANA_URL (${error.code}).`);
  }
  if (error instanceof z.ZodError) {
    return refused('X-Grafana-Id does not say whom it is for.');
  }
  return new ChargebackError(
    'GRAFANA_UNAVAILABLE',
    'The signing keys of Grafana cannot be read from CHARGEBACK_GRAFANA_URL, so nobody who comes through it can be recognised. Check that the collector reaches Grafana there.',
    [],
    { cause: error },
  );
}

/** Codes of errors that tell of the keys' server, not of the token. */
const UNREACHABLE = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID']);
