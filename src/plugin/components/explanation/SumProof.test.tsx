import { screen } from '@testing-library/react';
import { render } from '../../../testing/render';
import { SumProof } from './SumProof';

const sum = (parts: string[], amount: string, onReload = () => undefined) =>
  render(
    <SumProof
      of="2 days"
      parts={parts}
      whole={{ amount, name: 'the cost of the meter' }}
      currency="USD"
      onReload={onReload}
    />,
  );

test('parts that are the whole to the last decimal prove it, however a float would add them', () => {
  sum(['0.1', '0.2', '0.000000000001'], '0.300000000001');
  expect(screen.getByTestId('sum-proof')).toHaveAttribute('data-equal', 'true');
  expect(screen.getByTitle('0.300000000001 USD')).toHaveTextContent('Σ 2 days = 0.30 USD');
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('a difference in the last decimal is told, and everything can be read again', async () => {
  let reloads = 0;
  const { user } = sum(['0.1', '0.2'], '0.300000000001', () => {
    reloads += 1;
  });
  expect(screen.getByRole('alert')).toHaveTextContent(
    'the cost of the meter is 0.300000000001 USD, 0.000000000001 USD more: the figures changed while they were read.',
  );
  await user.click(screen.getByRole('button', { name: 'Read again' }));
  expect(reloads).toBe(1);
});

test('nothing sums to nothing', () => {
  sum([], '0');
  expect(screen.getByTestId('sum-proof')).toHaveAttribute('data-equal', 'true');
});
