import { map, type Observable } from 'rxjs';
import { request, type QueryParams } from './request';

/** A file to be saved. */
export interface NamedFile {
  name: string;
  content: Blob;
}

/** What a GET of a path answers as a file, with the name that the collector gives it, else `name`. */
export function requestFile(path: string, params: QueryParams, name: string): Observable<NamedFile> {
  return request<Blob>({ path, params, responseType: 'blob' }).pipe(
    map(({ data, headers }) => ({
      name: /filename="?([^";]+)"?/.exec(headers.get('Content-Disposition') ?? '')?.[1] ?? name,
      content: data,
    })),
  );
}
