import { act, renderHook } from '@testing-library/react';
import { Observable, Subject } from 'rxjs';
import { ApiError } from './api-error';
import { useResource } from './use-resource';

describe('something that is fetched', () => {
  it('is cancelled when another question supersedes it, and its late answer is never shown', () => {
    const march = new Subject<string>();
    const april = new Subject<string>();
    const loadMarch = () => march;
    const loadApril = () => april;
    const { result, rerender } = renderHook(({ load }) => useResource(load), { initialProps: { load: loadMarch } });
    expect(result.current.state).toBe('loading');

    rerender({ load: loadApril });
    expect(march.observed).toBe(false);
    act(() => march.next('March'));
    expect(result.current.state).toBe('loading');
    act(() => april.next('April'));
    expect(result.current).toMatchObject({ state: 'loaded', value: 'April' });
  });

  it('does not show the answer to an older question while the new one is on its way', () => {
    const march = new Subject<string>();
    const loadMarch = () => march;
    const loadApril = () => new Subject<string>();
    const { result, rerender } = renderHook(({ load }) => useResource(load), { initialProps: { load: loadMarch } });
    act(() => march.next('March'));
    rerender({ load: loadApril });
    expect(result.current.state).toBe('loading');
  });

  it('is cancelled when the page is left', () => {
    const answer = new Subject<string>();
    const load = () => answer;
    const { unmount } = renderHook(() => useResource(load));
    expect(answer.observed).toBe(true);
    unmount();
    expect(answer.observed).toBe(false);
  });

  it('is fetched again after a failure when asked to', () => {
    let attempts = 0;
    const load = () =>
      new Observable<string>((subscriber) => {
        attempts += 1;
        return attempts === 1
          ? subscriber.error(new ApiError(502, 'COLLECTOR_UNREACHABLE', 'away', 'away'))
          : subscriber.next('here');
      });
    const { result } = renderHook(() => useResource(load));
    expect(result.current).toMatchObject({ state: 'failed', error: { code: 'COLLECTOR_UNREACHABLE' } });
    act(() => result.current.reload());
    expect(result.current).toMatchObject({ state: 'loaded', value: 'here' });
  });
});
