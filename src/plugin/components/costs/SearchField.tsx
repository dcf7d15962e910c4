import { FilterInput } from '@grafana/ui';
import { useEffect, useState } from 'react';

interface Props {
  label: string;
  placeholder: string;
  search: string;
  onSearch: (text: string) => void;
}

/** Pause after which what is typed is asked for, in milliseconds. */
const PAUSE = 250;

/** Holds what is typed itself, so that no letter is lost while the address follows. */
export function SearchField({ label, placeholder, search, onSearch }: Props) {
  const [text, setText] = useState(search);
  const [followed, setFollowed] = useState(search);
  if (followed !== search) {
    setFollowed(search);
    setText(search);
  }
  useEffect(() => {
    if (text === search) {
      return undefined;
    }
    const pause = setTimeout(() => onSearch(text), PAUSE);
    return () => clearTimeout(pause);
  }, [text, search, onSearch]);
  return (
    <FilterInput
      aria-label={label}
      placeholder={placeholder}
      width={44}
      maxLength={200}
      escapeRegex={false}
      value={text}
      onChange={setText}
    />
  );
}
