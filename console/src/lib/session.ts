/** What becomes of requests when the session has ended: they wait until somebody signs in again. */
import { useSyncExternalStore } from "react";

let waiting: { promise: Promise<void>; resolve: () => void } | null = null;
const listeners = new Set<() => void>();

function tell() {
  for (const listener of listeners) listener();
}

/** Ask for a sign-in over whatever is open; resolves when it has been done. */
export function signedInAgain(): Promise<void> {
  if (waiting === null) {
    let resolve = () => {};
    const promise = new Promise<void>((done) => (resolve = done));
    waiting = { promise, resolve };
    tell();
  }
  return waiting.promise;
}

/** Let everything that waits go on. */
export function resume(): void {
  const ended = waiting;
  waiting = null;
  tell();
  ended?.resolve();
}

export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting !== null,
  );
}
