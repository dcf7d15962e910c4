import type { DirectoryRule } from '../../api/directory';

/** A rule as a text by which equal ones are known: directories of before hold the parts of a rule in another order. */
export const ruleText = ({ match, set, valid_from }: DirectoryRule): string => JSON.stringify([match, set, valid_from]);
