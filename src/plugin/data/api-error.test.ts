import { toApiError } from './api-error';

describe('a request that failed', () => {
  it('says what the collector said, with all problems of the input', () => {
    const body = {
      type: 'about:blank',
      title: 'Invalid',
      status: 400,
      code: 'INVALID_INPUT',
      detail: 'Two things',
      errors: [{ path: 'name', message: 'must not be empty' }],
    };
    expect(toApiError({ status: 400, data: body })).toMatchObject({
      status: 400,
      code: 'INVALID_INPUT',
      message: 'Two things',
      problems: body.errors,
    });
  });

  it.each([
    ['an empty answer of the proxy', 502, { message: 'Bad Gateway', error: '', response: '' }, 'COLLECTOR_UNREACHABLE'],
    ['no answer at all', 0, undefined, 'COLLECTOR_UNREACHABLE'],
    ['a page of something else', 404, '<html></html>', 'NOT_A_COLLECTOR'],
    ['a route that is not for the role', 403, { message: 'plugin proxy route access denied' }, 'FORBIDDEN'],
  ])('tells %s apart', (_what, status, data, code) => {
    expect(toApiError({ status, data })).toMatchObject({ status, code });
  });
});
