import { readFileSync } from 'node:fs';

/** A fenced block of docs/cookbook.md that is run, and the answer that is printed below it. */
export interface CookbookBlock {
  /** The heading that it stands under. */
  title: string;
  language: 'sql' | 'promql' | 'yaml';
  code: string;
  /** The table below it, its head first, or the lines of the CSV file; empty when there is none. */
  answer: string[][];
}

const RUN = ['sql', 'promql', 'yaml'];

/** Every block of the page that is not for a shell or an answer. */
export function cookbookBlocks(): CookbookBlock[] {
  const page = readFileSync('docs/cookbook.md', 'utf8');
  return page.split(/^#{2,3} /m).flatMap((section) => {
    const title = section.slice(0, section.indexOf('\n'));
    const fences = [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
    const file = fences.find(([, language]) => language === 'csv')?.[2];
    const table = [...section.matchAll(/^\|.*\|$/gm)].map(([line]) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    const answer = file
      ? file
          .trim()
          .split('\n')
          .map((line) => line.split(','))
      : table.filter((_, index) => index !== 1);
    return fences
      .filter(([, language = '']) => RUN.includes(language))
      .map(([, language, code = '']) => ({ title, language: language as CookbookBlock['language'], code, answer }));
  });
}
