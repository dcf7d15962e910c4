/** Who reads or changes the directory. */
export interface DirectoryUser {
  login: string;
  /** May write every rule: an administrator who sees every workspace. */
  administers: boolean;
  /** May change what belongs to what within the workspaces that `maySee` allows. */
  edits: boolean;
  /** The names of the workspaces that they see; null: all, and what is unallocated. */
  workspaces: string[] | null;
  /** Whether they were granted a workspace, be there one of that name or not; false for the empty name. */
  maySee(workspace: string): boolean;
}

/** The collector itself and its command line. */
export const operator = (login: string): DirectoryUser => ({
  login,
  administers: true,
  edits: true,
  workspaces: null,
  maySee: (workspace) => workspace !== '',
});
