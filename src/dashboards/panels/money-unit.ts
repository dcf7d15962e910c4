/**
 * Grafana's unit of an amount whose currency stands in the title. Its 'locale' drops zeros at the end, so that amounts
 * below one another do not align; 'currency:financial' keeps all decimals but, without a symbol, forgets the separators
 * of thousands. The symbol is a space, which nobody sees.
 */
export const MONEY = 'currency:financial: ';
