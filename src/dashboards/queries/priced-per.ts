/** How people call `per` units of a meter for which prices are, such as GiB; of columns unit and per. */
export const PER_UNIT = `case when unit = 'byte' and per = 1073741824 then 'GiB' when unit = 'byte' and per = 1000000000 then 'GB' when per = 1 then unit
    else trim(to_char(per, 'FM999,999,999,999,999,990.######'), '.') || ' ' || unit || 's' end`;

/**
 * The common table expression `priced_per`: how many units of a meter (`per`) the prices of a rate card of that name are
 * for, and how people call so many (`per_unit`). Prices of cards of one name that differ in it are told for the largest.
 */
export const PRICED_PER = `priced_per as (
  select rate_card, meter, per, ${PER_UNIT} as per_unit
  from (select rate_card, meter, unit, max(per) as per from chargeback.prices group by rate_card, meter, unit) largest
)`;
