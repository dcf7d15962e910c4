import { render as renderInto, type RenderResult } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { MemoryRouter } from 'react-router-dom';

/** Renders a part of the app at an address within it, with a user to act on it. */
export function render(element: ReactElement, address = '/'): RenderResult & { user: UserEvent } {
  const user = userEvent.setup();
  return {
    user,
    ...renderInto(
      <MemoryRouter initialEntries={[address]} future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
        {element}
      </MemoryRouter>,
    ),
  };
}
