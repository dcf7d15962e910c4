import type { z } from 'zod';

/** How an answer goes on: with the cursor that it gave, or from an offset, until there are no more rows under `rows`. */
export interface Pages {
  by: 'cursor' | 'offset';
  rows: string;
}

/** Where an operation is asked for: method and path, in which `:id` stands for a part that is chosen. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Of success; `also` may carry the same shape. */
  readonly status: number;
  readonly also?: number;
  /** What an answer that is no JSON is. */
  readonly file?: 'text/csv' | 'text/plain' | 'application/x-ndjson';
  readonly pages?: Pages;
  /** The answer is an object with a version and has an ETag, to be sent back as If-Match. */
  readonly etag?: boolean;
}

/** What an operation takes and answers; without `answer` it answers without a body, or with a file. */
export interface Shapes {
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer?: z.ZodType;
}

/** A request that the collector answers. */
export type Operation = Route & Shapes;

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
