import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router-dom';

/** How far an explanation is opened: nothing, a meter, a day of it, an hour of that. Readings are shown page by page from 1. */
export interface WhyPlace {
  meter?: string;
  /** `YYYY-MM-DD` in the billing time zone. */
  day?: string;
  /** Start of the hour, ISO 8601 UTC. */
  hour?: string;
  page?: number;
}

const PARAMS = ['why_meter', 'why_day', 'why_hour', 'why_page'];

/** Takes the explanation's place out of an address, for those who open or close one: each begins at its first level. */
export function clearWhy(params: URLSearchParams): void {
  PARAMS.forEach((name) => params.delete(name));
}

function read(params: URLSearchParams): WhyPlace {
  const meter = params.get('why_meter') ?? undefined;
  const day = params.get('why_day') ?? '';
  const hour = params.get('why_hour') ?? '';
  const page = Number(params.get('why_page') ?? 1);
  const known = meter !== undefined && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
  return {
    meter,
    day: known ? day : undefined,
    hour: known && !Number.isNaN(Date.parse(hour)) ? hour : undefined,
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

/** The place in the address, and the addresses of other places; what is not understood there is ignored. */
export function useWhy(): { place: WhyPlace; linkTo: (place: WhyPlace) => string } {
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  const place = useMemo(() => read(params), [params]);
  const linkTo = useCallback(
    ({ meter, day, hour, page }: WhyPlace) => {
      const next = new URLSearchParams(params);
      clearWhy(next);
      const values = [meter, day, hour, page && page > 1 ? String(page) : undefined];
      PARAMS.forEach((name, index) => {
        const value = values[index];
        if (value !== undefined) {
          next.set(name, value);
        }
      });
      const search = next.toString();
      return search === '' ? pathname : `${pathname}?${search}`;
    },
    [params, pathname],
  );
  return { place, linkTo };
}
