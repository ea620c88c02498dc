import { List, Text } from "@mantine/core";
import { Section } from "../../ui/Section";

/** The recipe of the guide on outages: it is the checkout's to follow, and needs no setting. */
const STEPS = [
  ["Hold first.", "Apply before the payment, and wait five seconds at most. No answer: sell without points."],
  ["Take the payment.", "The gateway is not asked for it."],
  ["Write the capture down, then send it.", "It goes into a queue of yours together with the order. Sent twice, it counts once; sent days later, it still counts."],
  ["Reconcile afterwards.", "What does not agree is shown, each with what would mend it."],
] as const;

export function Outages() {
  return (
    <Section title="When the gateway cannot be reached" about="What your checkout does so that nobody waits and no order is lost. There is nothing to configure.">
      <List type="ordered" spacing="xs" size="sm">
        {STEPS.map(([what, how]) => (
          <List.Item key={what}><Text span size="sm" fw={550}>{what}</Text> <Text span size="sm" c="dimmed">{how}</Text></List.Item>
        ))}
      </List>
    </Section>
  );
}
