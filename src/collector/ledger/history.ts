import type { History, HistoryEntry, HistoryQuery } from '../../api/history';
import type { Queryable } from '../db/pool';

/** Rules that an entry of the directory shows; of more it tells the number. */
const SHOWN_RULES = 50;

/** The rules of `mine` that `other` has not, as often as it has them more, with their places from 1; SQL of an object. */
const rulesBeyond = (mine: string, other: string) => `
  (select jsonb_build_object('rules', jsonb_array_length(${mine}), 'differing', count(*),
     'first', coalesce(jsonb_agg(jsonb_build_object('place', d.place, 'rule', d.rule) order by d.place) filter (where d.number <= ${SHOWN_RULES}), '[]'))
   from (
     select m.rule, m.place, row_number() over (order by m.place) as number
     from (select rule, place, row_number() over (partition by rule order by place) as nth from jsonb_array_elements(${mine}) with ordinality as e(rule, place)) m
     where not exists (
       select from (select rule, row_number() over (partition by rule) as nth from jsonb_array_elements(${other}) as e(rule)) o
       where o.rule = m.rule and o.nth = m.nth
     )
   ) d)`;

/**
 * Who changed what, newest first; `withTokens` false leaves out what concerns access tokens. Of a change of the directory
 * only the number of rules and those that came or went: all of them may be megabytes.
 */
export async function readHistory(
  db: Queryable,
  { object, subject, limit, cursor }: HistoryQuery,
  withTokens: boolean,
): Promise<History> {
  const { rows } = await db.query<Omit<HistoryEntry, 'at'> & { at: Date }>(
    `select a.id::text as id, a.at, a.actor, a.action, a.subject,
       case when r.summed then ${rulesBeyond('a.before', 'a.after')} else a.before end as before,
       case when r.summed then ${rulesBeyond('a.after', 'a.before')} else a.after end as after
     from (
       select * from chargeback_data.audit
       where ($1::bigint is null or id < $1) and ($2::text is null or starts_with(action, $2 || '.')) and ($3::text is null or subject = $3)
         and ($4 or not starts_with(action, 'token.'))
       order by id desc limit $5
     ) a
     cross join lateral (
       select action = 'directory.apply' and jsonb_typeof(a.before) = 'array' and jsonb_typeof(a.after) = 'array' as summed
     ) r
     order by a.id desc`,
    [cursor ?? null, object ?? null, subject ?? null, withTokens, limit + 1],
  );
  const page = rows.slice(0, limit);
  return {
    data: page.map((row) => ({ ...row, at: row.at.toISOString() })),
    next_cursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
