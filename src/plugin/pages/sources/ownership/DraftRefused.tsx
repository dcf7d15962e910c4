import { Alert } from '@grafana/ui';
import type { ApiError } from '../../../data/api-error';
import type { RuleProblems } from './rule-form';

interface Props {
  error: ApiError;
  findings: ReadonlyMap<number, RuleProblems>;
}

/** What the collector refused, in its words; each finding also stands at its rule. */
export function DraftRefused({ error, findings }: Props) {
  const told = [...findings].flatMap(([place, problems]) =>
    [...problems].map(([path, message]) => {
      const where = [place < 0 ? '' : `Rule ${place + 1}`, path].filter((part) => part !== '').join(', ');
      return where === '' ? message : `${where}: ${message}`;
    }),
  );
  return (
    <Alert severity="error" title={error.title} bottomSpacing={0}>
      {error.message}
      {told.length > 0 && (
        <ul>
          {told.slice(0, 20).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {told.length > 20 && `And ${told.length - 20} more.`}
    </Alert>
  );
}
