import { css } from '@emotion/css';
import { Alert, Button, useStyles2 } from '@grafana/ui';

interface Props {
  /** By the path of the value. */
  problems: ReadonlyMap<string, string>;
  /** The words on the screen for a path. */
  nameOf: (path: string) => string;
  /** The id of the field in which the value of a path is typed. */
  idOf: (path: string) => string;
}

/** All problems at once, so that nobody mends them one by one; each leads to its field. */
export function EditorProblems({ problems, nameOf, idOf }: Props) {
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
              onClick={() => document.getElementById(idOf(path))?.focus()}
            >
              {nameOf(path)}
            </Button>
            {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

const getStyles = () => ({ list: css({ listStyle: 'none', margin: 0, padding: 0 }) });
