import { useStyles2 } from '@grafana/ui';
import Skeleton from 'react-loading-skeleton';
import { LoadingRegion } from '../LoadingRegion';
import { getCardStyles } from './SummaryCards';

/** The cards while their figures are loading, in their size. */
export function SummarySkeleton() {
  const styles = useStyles2(getCardStyles);
  return (
    <LoadingRegion label="Loading the summary…">
      <div className={styles.cards}>
        {Array.from({ length: 5 }, (_, index) => (
          <div key={index} className={styles.card}>
            <div className={styles.title}>
              <Skeleton width={60} />
            </div>
            <div className={styles.cost}>
              <Skeleton width={130} />
            </div>
            <div className={styles.note}>
              <Skeleton width={90} />
            </div>
            <Skeleton width={110} />
          </div>
        ))}
      </div>
      <Skeleton width={360} />
    </LoadingRegion>
  );
}
