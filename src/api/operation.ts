import type { z } from 'zod';

/** How an answer goes on: with the cursor that it gave, or from an offset, until there are no more rows under `rows`. */
export interface Pages {
  by: 'cursor' | 'offset';
  rows: string;
}

/**
 * A request that the collector answers: method and path (`:id` stands for a part that is chosen), the shapes of what is
 * sent and of what comes back. Beside the status of success `also` may carry the same shape.
 */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly status: number;
  readonly also?: number;
  /** Absent: the answer has no body, or is a file. */
  readonly answer?: z.ZodType;
  /** What an answer that is no JSON is. */
  readonly file?: 'text/csv' | 'text/plain' | 'application/x-ndjson';
  readonly pages?: Pages;
  /** The answer is an object with a version and has an ETag, to be sent back as If-Match. */
  readonly etag?: boolean;
}

/** The names of the chosen parts of a path. */
export type PathNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathNames<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type Shape<Schema> = Schema extends z.ZodType ? z.input<Schema> : unknown;

/** What is sent: the chosen parts of the path and the parameters side by side, a body as `body`. */
export type InputOf<O extends Operation> = Record<PathNames<O['path']>, string | number> &
  Shape<O['query']> &
  (O['body'] extends z.ZodType ? { body: z.input<O['body']> } : unknown);

/** A file that was asked for, with the name that the collector gives it. */
export interface NamedFile {
  name: string;
  content: Blob;
}

/** What comes back. */
export type OutputOf<O extends Operation> = O extends { answer: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : O extends { file: string }
    ? NamedFile
    : undefined;
