/** Whom a card is for, in words; an empty workspace is every one that has no own price. */
export function everyWorkspace(workspace: string): string {
  return workspace === '' ? 'Every workspace' : workspace;
}
