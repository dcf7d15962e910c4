/** What is wrong with the URL of a collector, or undefined. */
export function checkCollectorUrl(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return 'must be a whole URL, for example http://127.0.0.1:8080';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return 'must begin with http:// or https://';
  }
  if (url.username !== '' || url.password !== '') {
    return 'must not contain a user or password; the key has a field of its own';
  }
  return url.search !== '' || url.hash !== '' ? 'must not contain ? or #' : undefined;
}
