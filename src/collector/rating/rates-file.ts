import { RatesFile } from '../../api/rate-cards';
import { HOUR, isoHour } from '../../domain/hours';
import { readYaml, type ReportProblem } from '../yaml-file';

/**
 * The text of a `rates.yaml`, checked; throws INVALID_FILE listing every problem with its line and column. With `meters`
 * (slugs) prices of other meters are problems too.
 */
export function parseRatesFile(text: string, name: string, meters?: string[]): RatesFile {
  const check = (file: unknown, problem: ReportProblem) => checkCards(file, meters, problem);
  return readYaml(text, name, RatesFile, check, check);
}

/** Works on any value: what has another shape is the schema's to tell. */
function checkCards(file: unknown, meters: string[] | undefined, problem: ReportProblem): void {
  const seen = new Map<string, string>();
  const cards = isRecord(file) && Array.isArray(file.rate_cards) ? file.rate_cards : [];
  cards.forEach((card: unknown, index) => {
    if (!isRecord(card)) {
      return;
    }
    const { name, workspace = '', valid_from: validFrom, prices } = card;
    if (typeof validFrom === 'string' && validFrom.includes('T') && Date.parse(validFrom) % HOUR !== 0) {
      problem(
        ['rate_cards', index, 'valid_from'],
        `${validFrom} is not on the hour; write it as ${isoHour(Math.floor(Date.parse(validFrom) / HOUR) * HOUR)}`,
      );
    }
    for (const slug of isRecord(prices) ? Object.keys(prices) : []) {
      const key = JSON.stringify([slug, workspace, validFrom]);
      const twin = seen.get(key);
      if (meters && !meters.includes(slug)) {
        problem(
          ['rate_cards', index, 'prices', slug],
          `there is no meter ${slug}; known are ${[...meters].sort().join(', ')}`,
        );
      } else if (twin !== undefined) {
        problem(['rate_cards', index, 'prices', slug], `the card "${twin}" prices the same meter from the same moment`);
      }
      seen.set(key, String(name));
    }
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
