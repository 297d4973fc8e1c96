import { useCallback, useLayoutEffect, useRef } from 'react';

/**
 * Reads what a value was when it was last drawn, by the same function each time: for what happens at a press, so that
 * what is pressed need not be drawn anew with every update.
 */
export function useLatest<Value>(value: Value): () => Value {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return useCallback(() => latest.current, []);
}
