import { createServer } from 'node:net';

/** Why nothing can listen on `host:port` now, or null when it can. */
function obstacle(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code ?? String(error)));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** A sentence for each of `addresses` that is taken, or wanted twice; it names the variable that moves it. Ports that are none are left out. */
export async function portProblems(addresses) {
  const problems = [];
  const wanted = new Map();
  for (const { host, port, variable, of } of addresses.filter((address) => Number.isInteger(address.port))) {
    const other = wanted.get(port);
    if (other) {
      problems.push(
        `${of} and ${other.of} are both to listen on port ${port}; set ${variable} or ${other.variable} to another one`,
      );
      continue;
    }
    wanted.set(port, { variable, of });
    const reason = await obstacle(host, port);
    const where = variable === 'CHARGEBACK_LISTEN' ? 'another address, for example 127.0.0.1:8081' : 'a free port';
    if (reason === 'EADDRINUSE') {
      problems.push(
        `port ${port} of ${host} (${of}) is taken; end the program that listens there, or set ${variable} to ${where}`,
      );
    } else if (reason) {
      problems.push(`cannot listen on port ${port} of ${host} (${of}): ${reason}; set ${variable} to ${where}`);
    }
  }
  return problems;
}
