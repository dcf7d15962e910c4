import { useEffect, useRef, useState } from 'react';

const PAUSE = 250;

/** What is being typed into a search, told to `settle` when the typing pauses; what comes from the address wins over it. */
export function useTypedSearch(settled: string, settle: (search: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(settled);
  const told = useRef(settled);
  const tell = useRef(settle);
  useEffect(() => {
    tell.current = settle;
  });
  useEffect(() => {
    if (settled !== told.current) {
      told.current = settled;
      setTyped(settled);
    }
  }, [settled]);
  useEffect(() => {
    if (typed === told.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      told.current = typed;
      tell.current(typed);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped];
}
