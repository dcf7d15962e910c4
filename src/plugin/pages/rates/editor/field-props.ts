import type { RatesData } from '../rates-data';
import type { RateCardForm } from './rate-card-form';

/** What the fields of a card are given. */
export interface FieldProps {
  form: RateCardForm;
  data: RatesData;
  problemOf: (path: string) => string | undefined;
  /** A field was left: from then on its problem shows. */
  onTouch: (path: string) => void;
  onChange: (form: RateCardForm, path: string) => void;
}
