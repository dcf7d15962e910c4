import { ApiError } from '../../data/api-error';
import { commonFailure, type Part } from './use-costs';

const reloads = { first: 0, second: 0 };
const failed = (code: string, status = 500, name: keyof typeof reloads = 'first'): Part<unknown> => ({
  state: 'failed',
  error: new ApiError(status, code, code, code),
  reload: () => (reloads[name] += 1),
});
const loaded: Part<unknown> = { state: 'loaded', value: 1, reload: () => undefined };
const loading: Part<unknown> = { state: 'loading', reload: () => undefined };

describe('a failure of parts of a page', () => {
  it('is one when parts have it in common, and asks for all of them again', () => {
    const problem = commonFailure([
      failed('COLLECTOR_UNREACHABLE', 502),
      loading,
      failed('COLLECTOR_UNREACHABLE', 502, 'second'),
    ]);
    expect(problem).toMatchObject({ error: { code: 'COLLECTOR_UNREACHABLE' }, partly: false });
    problem?.retry();
    expect(reloads).toEqual({ first: 1, second: 1 });
  });

  it('is the part’s own when it fails alone, or in another way', () => {
    expect(commonFailure([loaded, failed('COLLECTOR_UNREACHABLE', 502), loaded])).toBeUndefined();
    expect(commonFailure([failed('INTERNAL'), failed('COLLECTOR_UNREACHABLE', 502), loaded])).toBeUndefined();
  });

  it('is of the page when it is about the question, whichever part hears it first', () => {
    expect(commonFailure([loading, failed('NO_RATE_FOR_PERIOD', 409), loading])).toMatchObject({ partly: false });
    expect(commonFailure([failed('FORBIDDEN', 403), loading, loading])).toBeDefined();
  });

  it('leaves what is there', () => {
    expect(commonFailure([failed('INTERNAL'), failed('INTERNAL'), loaded])).toMatchObject({ partly: true });
  });
});
