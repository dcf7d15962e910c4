import { CustomVariableBuilder } from '@grafana/grafana-foundation-sdk/dashboard';

/** After how many days without a byte a topic can be called dormant; the last is as far back as days are looked at. */
export const DORMANT_DAYS = [7, 14, 30, 60, 90] as const;
const FIRST = '14';

/** The chosen number of days as SQL; what is not offered counts as the first choice. */
export const CHOSEN_DORMANT_DAYS = `coalesce((select days from (values ${DORMANT_DAYS.map((days) => `(${days})`).join(', ')}) as offered (days) where days::text in (\${dormant_days:sqlstring})), ${FIRST})`;

/** How long a topic has been without a byte when it is listed as dormant. */
export function dormantDaysVariable(): CustomVariableBuilder {
  return new CustomVariableBuilder('dormant_days')
    .label('Dormant after days')
    .values(DORMANT_DAYS.join(','))
    .current({ text: FIRST, value: FIRST })
    .options(
      DORMANT_DAYS.map((days) => ({ text: String(days), value: String(days), selected: String(days) === FIRST })),
    );
}
