import { css } from '@emotion/css';
import { TimeRangeInput, useStyles2 } from '@grafana/ui';
import type { ComponentProps } from 'react';

/** Grafana's field for a range of time, with its panel below it wherever the field is. */
export function RangeInput(props: ComponentProps<typeof TimeRangeInput>) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.place}>
      <TimeRangeInput {...props} />
    </div>
  );
}

const getStyles = () => ({
  // The panel stands at a fixed place of the window; a transformed parent is what it counts as that window, so that it
  // opens at its field and scrolls with it, wherever the field is.
  place: css({ position: 'relative', zIndex: 1, transform: 'translate(0)' }),
});
