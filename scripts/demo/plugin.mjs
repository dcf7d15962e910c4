/** The app's id in Grafana. */
export const PLUGIN = 'finops-chargeback-app';
