import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * What tells the process `pid` from a later one with the same number: the time it started. Null when there is none, or
 * only the remains of one that has ended.
 */
export function identityOf(pid) {
  if (existsSync('/proc/self/stat')) {
    try {
      // Behind the name in brackets, which may hold anything: state is the first field, the start time the 20th.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return 'ZX'.includes(fields[0]) ? null : fields[19];
    } catch {
      return null;
    }
  }
  try {
    const text = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return text === '' || text.startsWith('Z') ? null : text.replace(/^\S+\s+/, '');
  } catch {
    return null;
  }
}
