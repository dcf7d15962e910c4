import { css } from '@emotion/css';
import { Alert, Button, useStyles2 } from '@grafana/ui';
import { fieldId, fieldName } from './field-names';
import type { RateCardForm } from './rate-card-form';
import type { Problems } from './rate-card-problems';

interface Props {
  problems: Problems;
  form: RateCardForm;
}

/** All problems of the card at once, so that nobody mends them one by one; each leads to its field. */
export function EditorProblems({ problems, form }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <Alert
      severity="error"
      title={problems.size === 1 ? 'One thing is not right yet' : `${problems.size} things are not right yet`}
      bottomSpacing={0}
    >
      <ul className={styles.list}>
        {[...problems].map(([path, message]) => (
          <li key={path}>
            <Button
              size="sm"
              fill="text"
              variant="secondary"
              onClick={() => document.getElementById(fieldId(path))?.focus()}
            >
              {fieldName(path, form)}
            </Button>
            {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

const getStyles = () => ({ list: css({ listStyle: 'none', margin: 0, padding: 0 }) });
