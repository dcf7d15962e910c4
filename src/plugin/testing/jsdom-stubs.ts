import { TextDecoder, TextEncoder } from 'node:util';

/** What browsers have and jsdom has not, as far as `@grafana/ui` looks for it when it is loaded or rendered. */
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}

Object.assign(globalThis, {
  TextDecoder,
  TextEncoder,
  IntersectionObserver: Observer,
  ResizeObserver: Observer,
  Path2D: class {},
  matchMedia: (media: string) => ({
    matches: false,
    media,
    onchange: null,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
    dispatchEvent: () => false,
  }),
});

HTMLCanvasElement.prototype.getContext = () =>
  new Proxy(
    {},
    { get: (_target, name) => (name === 'measureText' ? () => ({ width: 10 }) : () => undefined) },
  ) as never;
Element.prototype.scrollIntoView = () => undefined;
