import { badInputLedger, type BadInputLedger } from '../../testing/bad-input-ledger';

let input: BadInputLedger;

beforeAll(async () => {
  input = await badInputLedger();
});
afterAll(async () => {
  await input?.stop();
});

test('every problem of the file is told at once with its line, and no card of it is applied', async () => {
  const path = await input.ledger.write(
    'bad-rates.yaml',
    `rate_cards:
- name: good
  valid_from: 2026-02-01
  prices:
    bytes: { unit_price: "2" }
- name: bad
  valid_from: 2026-02-02T10:30:00Z
  currency: EURO
  colour: red
  prices:
    no_such_meter: { unit_price: "1" }
    odd: { unit_price: "-1" }
    nan: { unit_price: "one" }
    inf: { unit_price: "1", tiers: [ { from: 0, unit_price: "1" } ] }
    negative: { tiers: [ { from: 5, unit_price: "1" }, { from: 5, unit_price: "0.1234567890123" } ] }
- name: empty
  valid_from: tomorrow
  prices: {}
`,
  );
  await input.refused(['rates', 'apply', path], 1, [
    /currency: must be an ISO 4217/,
    'colour',
    'no_such_meter',
    /on the hour/,
    /must not be negative/,
    /decimal/,
    /either unit_price or tiers/,
    /start from 0/,
    /greater than 5/,
    /at most 20 digits before and 12 behind/,
    /at least one price/,
    /must be a day such as/,
    /bad-rates\.yaml:\d+:\d+/,
  ]);
  expect(await input.cards()).toEqual(['base']);
});

test('an unknown meter and a moment that is not on the hour are named, with what is known', async () => {
  const path = await input.ledger.write('unknown.yaml', {
    rate_cards: [
      { name: 'good', valid_from: '2026-02-01', prices: { bytes: { unit_price: '2' } } },
      { name: 'unknown', valid_from: '2026-02-02T10:30:00Z', prices: { no_such_meter: { unit_price: '1' } } },
    ],
  });
  await input.refused(['rates', 'apply', path], 1, ['no_such_meter', 'bytes', /on the hour/, 'rate_cards[1]']);
  expect(await input.cards()).toEqual(['base']);
});

test('two cards that price the same meter from the same moment are refused, in one file and against a stored one', async () => {
  const one = { name: 'one', valid_from: '2026-02-01', prices: { bytes: { unit_price: '2' } } };
  const both = await input.ledger.write('both.yaml', { rate_cards: [one, { ...one, name: 'two' }] });
  await input.refused(['rates', 'apply', both], 1, ['bytes', 'rate_cards[1]', /same meter from the same moment/]);
  const again = await input.ledger.write('again.yaml', {
    rate_cards: [{ name: 'another', valid_from: '2026-01-01', prices: { bytes: { unit_price: '2' } } }],
  });
  await input.refused(['rates', 'apply', again], 1, ['bytes', 'base']);
  expect(await input.cards()).toEqual(['base']);
});

test('a file that is not there, and one that is no YAML', async () => {
  await input.refused(['rates', 'apply', `${input.ledger.folder}/nowhere.yaml`], 1, ['nowhere.yaml']);
  await input.refused(['rates', 'apply', await input.ledger.write('broken.yaml', 'rate_cards: [ {')], 1, [
    /broken\.yaml:\d+:\d+/,
  ]);
});
