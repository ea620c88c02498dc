import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "react-router";
import { type LaunchSetting, type LaunchStatus, RunLaunchCheckDocument, type RunLaunchCheckMutation } from "../gql/graphql";
import { ask } from "../lib/api";
import { useFormats } from "../lib/format";
import { useMay } from "../lib/shell";
import { IconCheck, IconRefresh } from "../ui/icons";
import { PageHeader } from "../ui/PageHeader";
import { Section } from "../ui/Section";
import { Empty, Trouble } from "../ui/States";
import { Status, type Tone } from "../ui/Status";

type Report = RunLaunchCheckMutation["runLaunchCheck"]["report"];
type Item = Report["items"][number];

const STATES: Record<LaunchStatus, { word: string; tone: Tone }> = {
  PASSED: { word: "Passed", tone: "good" },
  WARNING: { word: "Warning", tone: "warn" },
  FAILED: { word: "Failed", tone: "bad" },
  NOT_CONFIGURED: { word: "Not tried", tone: "off" },
};

/** Where an item is mended; nowhere in the console where it is not the merchant's affair. */
const PLACES: Record<LaunchSetting, { to: string; label: string } | null> = {
  CUSTOM_CHECKOUT: { to: "/integrations/custom-checkout", label: "Open Custom Checkout" },
  SECRET_WEBHOOK_ID: { to: "/integrations/custom-checkout", label: "Open the Secret Webhook ID" },
  REDEMPTION_RULES: { to: "/rules", label: "Open the redemption rules" },
  EARNING_RULES: { to: "/earning", label: "Open the earning rules" },
  OPERATIONS: null,
};

export function GoLive() {
  const may = useMay("CONFIGURE");
  const test = useMutation({ mutationFn: async () => (await ask(RunLaunchCheckDocument, { input: {} })).runLaunchCheck.report });
  const run = () => test.mutate();
  return (
    <>
      <PageHeader
        title="Go-live test" about="Tries the whole checkout flow on a customer made for it, with real points that are taken back at the end. Nothing of it counts in any figure."
        actions={may && <Button leftSection={<IconRefresh size={16} aria-hidden />} loading={test.isPending} onClick={run}>{test.data ? "Run again" : "Run the test"}</Button>}
      />
      <div role="status" aria-live="polite">
        {test.isPending && <Text size="sm" c="dimmed" mb="md">The test is running. It takes a few seconds.</Text>}
        {test.data && !test.isPending && <Summary report={test.data} />}
      </div>
      {test.isError && <Trouble error={test.error} again={run} />}
      {test.data ? <Items items={test.data.items} /> : !test.isPending && !test.isError && (
        <Section title="Result" flush>
          <Empty icon={IconCheck} title="Not run yet">{may ? "Run it before you go live, and after every change that matters." : "An owner or a manager can run it."}</Empty>
        </Section>
      )}
    </>
  );
}

function Summary({ report }: { report: Report }) {
  const formats = useFormats();
  const tone: Tone = !report.ok ? "bad" : report.warnings ? "warn" : "good";
  const verdict = !report.ok ? "Not ready to go live" : report.warnings ? "Ready, with something to decide" : "Ready to go live";
  return (
    <Group gap="sm" mb="md">
      <Status tone={tone}>{verdict}</Status>
      <Text size="sm" c="dimmed">
        {report.passed} passed, {report.warnings} warnings, {report.failed} failed, {report.notConfigured} not tried · {formats.when(report.finishedAt)}
      </Text>
    </Group>
  );
}

function Items({ items }: { items: Item[] }) {
  return (
    <Section title="Result" flush>
      <ul style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {items.map((item, at) => (
          <li key={item.id} style={{ borderTop: at ? "1px solid var(--card-border)" : undefined }}><Row item={item} /></li>
        ))}
      </ul>
    </Section>
  );
}

function Row({ item }: { item: Item }) {
  const { word, tone } = STATES[item.status];
  const place = item.status === "PASSED" ? null : PLACES[item.setting];
  return (
    <Stack gap={4} px="lg" py="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="md">
        <Text size="sm" fw={550}>{item.title}</Text>
        <Status tone={tone}>{word}</Status>
      </Group>
      {item.advice && <Text size="sm">{item.advice}</Text>}
      {place && <Anchor component={Link} to={place.to} size="sm">{place.label}</Anchor>}
      {item.evidence.length > 0 && (
        <details open={item.status === "FAILED"}>
          <summary aria-label={`What was tried: ${item.title}`}><Text span size="xs" c="dimmed">What was tried</Text></summary>
          <ul style={{ margin: "6px 0 0", paddingLeft: 18 }}>
            {item.evidence.map((each, at) => (
              <li key={at}>
                <Text size="xs" style={{ overflowWrap: "anywhere" }}>{each.sent}: <b>{each.came}</b>{each.wrong && ` (wrong; expected ${each.expected})`}</Text>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Stack>
  );
}
