import { execFileSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { findProgram } from './find-program.mjs';

const USER = 'postgres';

function numberOf(flag) {
  try {
    return Number(execFileSync('id', [flag, USER], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null;
  }
}

function postgresUser() {
  if (numberOf('-u') === null) {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', USER], {
        stdio: 'pipe',
      });
    } catch (error) {
      throw new Error(
        `PostgreSQL does not run as root, and the user "${USER}" could not be made (${error.message}); make it, run the demo as another user, or set DATABASE_URL`,
      );
    }
  }
  return { uid: numberOf('-u'), gid: numberOf('-g') };
}

/** Whether everybody may walk into `folder`. */
function isOpen(folder) {
  const parent = dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || isOpen(parent));
}

/**
 * How to run PostgreSQL's programs, which refuse to run as root: as they are for everybody else, for root as the user
 * postgres. `root` is the folder that holds programs and data; `own(path)` makes that user the owner of a path.
 */
export function withoutRoot(root) {
  if (process.getuid?.() !== 0) {
    return { program: (command, args) => ({ command, args }), own: () => undefined };
  }
  const { uid, gid } = postgresUser();
  const own = (path) => chownSync(path, uid, gid);
  if (isOpen(root)) {
    return { program: (command, args) => ({ command, args, uid, gid }), own };
  }
  // A checkout in root's home: the user may walk through it by a capability instead of by its permissions. The securebit
  // lets access() see the capability as well, by which initdb looks for its programs.
  const setpriv = findProgram('setpriv');
  const capability = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup'];
  const privileges = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...capability, '--'];
  try {
    execFileSync(setpriv ?? 'setpriv', [...privileges, 'test', '-x', root], { stdio: 'ignore' });
  } catch {
    throw new Error(
      `PostgreSQL does not run as root but as the user "${USER}", who may not enter ${root}; move the checkout to where everybody may go, run the demo as another user, or set DATABASE_URL`,
    );
  }
  return { program: (command, args) => ({ command: setpriv, args: [...privileges, command, ...args] }), own };
}
