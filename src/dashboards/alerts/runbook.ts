/** The address of a page of docs/runbooks; Grafana fills in where they are served when it reads the file. */
export function runbook(page: string): string {
  return `\${RUNBOOKS_URL}/${page}.md`;
}
