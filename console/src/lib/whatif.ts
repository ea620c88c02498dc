/** A draft tried on recorded carts: how far it is, and what was found. It ends when its page is closed. */
import { useCallback, useEffect, useRef, useState } from "react";
import { type RedemptionErrorCode, WhatIfDocument, type WhatIfInput, type WhatIfSubscription } from "../gql/graphql";
import { follow } from "./stream";

export type Progress = WhatIfSubscription["whatIf"];
export type Result = NonNullable<Progress["result"]>;
export type Side = Result["now"];

export interface Run {
  progress: Progress | null;
  running: boolean;
  error: unknown;
  start: (input: WhatIfInput) => void;
  stop: () => void;
}

export function useWhatIf(): Run {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const current = useRef<AbortController | null>(null);

  const stop = useCallback(() => {
    current.current?.abort();
    current.current = null;
    setRunning(false);
  }, []);
  const start = useCallback((input: WhatIfInput) => {
    current.current?.abort();
    const own = new AbortController();
    current.current = own;
    const mine = () => current.current === own;
    setProgress(null);
    setError(null);
    setRunning(true);
    follow(WhatIfDocument, { input }, ({ whatIf }) => mine() && setProgress(whatIf), own.signal)
      .catch((failed: unknown) => mine() && setError(failed))
      .finally(() => mine() && setRunning(false));
  }, []);
  useEffect(() => stop, [stop]);
  return { progress, running, error, start, stop };
}

const REASONS: Partial<Record<RedemptionErrorCode, string>> = {
  INTEGRATION_DISABLED: "Custom Checkout is switched off",
  NO_RULE_CONFIGURED: "There is no rule",
  RULE_INACTIVE: "The rule had not started, or had ended",
  CUSTOMER_NOT_ELIGIBLE: "Not for this customer’s tier or tags",
  NO_ELIGIBLE_ITEMS: "Nothing in the cart is covered",
  MIN_CART_NOT_REACHED: "The cart is too small",
  INSUFFICIENT_POINTS: "Not enough points",
  REQUEST_BELOW_STEP: "Fewer points than one step",
  MAX_DISCOUNT_REACHED: "One step is more than the maximum discount",
  MIN_PAYMENT_REQUIRED: "The minimum payment leaves no room",
};

export const reason = (code: RedemptionErrorCode): string => REASONS[code] ?? code;

