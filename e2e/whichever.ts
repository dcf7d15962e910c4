/** Header of a change that is made over whatever is there. */
export const WHICHEVER = { 'if-match': '*' };
