import type { DirectoryRule } from '../../api/directory';
import { isOnHour } from '../../domain/hours';

/** What a schema cannot say of rules: moments lie on the hour, and `${n}` names a glob that the rule has. */
export function directoryFindings(rules: DirectoryRule[]): Array<{ path: PropertyKey[]; message: string }> {
  return rules.flatMap((rule, index) => {
    const findings: Array<{ path: PropertyKey[]; message: string }> = [];
    if (rule.valid_from?.includes('T') && !isOnHour(Date.parse(rule.valid_from))) {
      findings.push({ path: ['rules', index, 'valid_from'], message: `${rule.valid_from} is not on the hour` });
    }
    const globs = Object.values(rule.match).reduce((count, glob) => count + (glob.match(/\*/g)?.length ?? 0), 0);
    for (const [field, value] of Object.entries(rule.set)) {
      for (const [reference, number] of value.matchAll(/\$\{(\d+)\}/g)) {
        if (Number(number) < 1 || Number(number) > globs) {
          findings.push({
            path: ['rules', index, 'set', field],
            message: `${reference} has no glob: the rule's match has ${globs === 0 ? 'none' : `only ${globs}`}`,
          });
        }
      }
    }
    return findings;
  });
}
