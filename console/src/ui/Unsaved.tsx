import { Text } from "@mantine/core";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { Confirm } from "./Confirm";

interface Props {
  dirty: boolean;
  /** As in "Leave without publishing?". */
  doing?: string;
}

/** Nothing that was typed is left behind unasked. */
export function Unsaved({ dirty, doing = "saving" }: Props) {
  const blocker = useBlocker(({ currentLocation: here, nextLocation: there }) => dirty && here.pathname + here.search !== there.pathname + there.search);
  useEffect(() => {
    if (!dirty) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", stay);
    return () => window.removeEventListener("beforeunload", stay);
  }, [dirty]);
  return (
    <Confirm opened={blocker.state === "blocked"} title={`Leave without ${doing}?`} action="Leave" danger onClose={() => blocker.reset?.()} onConfirm={async () => blocker.proceed?.()}>
      <Text size="sm">What you have typed is not kept.</Text>
    </Confirm>
  );
}
