import { Alert, Button, Text } from "@mantine/core";
import { useFormats } from "../../lib/format";
import type { Endpoint } from "../../lib/webhooks";
import { Status } from "../../ui/Status";

const OFF = { BY_HAND: "Off", GONE: "Off: gone", FAILING: "Off: failing" } as const;

/** `long`: with since when it fails. */
export function EndpointState({ of: endpoint, long }: { of: Endpoint; long?: boolean }) {
  const formats = useFormats();
  if (!endpoint.enabled) return <Status tone={endpoint.disabledReason === "BY_HAND" ? "off" : "bad"}>{OFF[endpoint.disabledReason ?? "BY_HAND"]}</Status>;
  if (endpoint.failingSince !== null) return <><Status tone="warn">Failing</Status>{long && <Text size="xs" c="dimmed" mt={2}>since {formats.when(endpoint.failingSince)}</Text>}</>;
  return <Status tone="good">On</Status>;
}

const WHY = {
  BY_HAND: { title: "This endpoint is off", text: "Somebody has switched it off. Nothing is sent, and nothing is kept for it." },
  GONE: { title: "Switched off: the address answered 410 Gone", text: "By that answer a receiver says that it wants no more. What was waiting is cancelled. Switch it on again when the address takes events, then send again what was cancelled." },
  FAILING: { title: "Switched off: it has taken nothing for three days", text: "What was waiting is cancelled. Mend the receiver, switch it on again, and send again what has failed." },
} as const;

/** Why nothing arrives, and what to do about it. */
export function EndpointTrouble({ of: endpoint, onSwitchOn }: { of: Endpoint; onSwitchOn?: () => void }) {
  const formats = useFormats();
  if (!endpoint.enabled) {
    const why = WHY[endpoint.disabledReason ?? "BY_HAND"];
    return (
      <Alert className={endpoint.disabledReason === "BY_HAND" ? "tone-off" : "tone-bad"} title={why.title}>
        {why.text}
        {onSwitchOn && <div><Button size="xs" mt="sm" variant="default" onClick={onSwitchOn}>Switch on</Button></div>}
      </Alert>
    );
  }
  if (endpoint.failingSince === null) return null;
  return (
    <Alert className="tone-warn" title={`It has taken nothing since ${formats.when(endpoint.failingSince)}`}>
      Each event is tried ten times over three days. Open a delivery below to see what was answered. After three days of failures the endpoint is switched off.
    </Alert>
  );
}
