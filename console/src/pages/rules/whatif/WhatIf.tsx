import { Alert, Button, Drawer, Group, Progress, SegmentedControl, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { RedemptionRuleInput } from "../../../gql/graphql";
import { useFormats } from "../../../lib/format";
import { type Progress as Far, useWhatIf } from "../../../lib/whatif";
import { IconAlertTriangle, IconShoppingCart } from "../../../ui/icons";
import { Empty, Trouble } from "../../../ui/States";
import { Findings } from "./Findings";

const DAYS = ["7", "30", "90"];
const FIRST = "30";

interface Props {
  rule: RedemptionRuleInput;
  id?: string;
  onClose: () => void;
}

export function WhatIf({ rule, id, onClose }: Props) {
  const [days, setDays] = useState(FIRST);
  const { progress, running, error, start, stop } = useWhatIf();
  // The draft is the one that was there when this was opened: the form is behind it.
  const run = (count: string) => start({ rule, id, days: Number(count) });
  useEffect(() => run(FIRST), []);
  const refused = progress?.userErrors[0];
  const result = progress?.result ?? null;
  return (
    <Drawer
      opened onClose={onClose} position="right" size="min(1080px, 100%)" padding="lg" closeButtonProps={{ "aria-label": "Close" }} styles={{ title: { fontWeight: 600 } }}
      title={`What if “${rule.name}” had been live?`}
    >
      <Stack gap="lg">
        <Group justify="space-between" gap="sm">
          <SegmentedControl
            data={DAYS.map((each) => ({ value: each, label: `${each} days` }))} value={days} aria-label="How many days to replay"
            onChange={(count) => { setDays(count); run(count); }}
          />
          {running ? <Button variant="default" onClick={stop}>Stop</Button> : <Button variant="default" onClick={() => run(days)}>Run again</Button>}
        </Group>
        {running && <Bar far={progress} />}
        {!running && !result && !refused && !error && <Text size="sm" c="dimmed" role="status">Stopped. Nothing was changed.</Text>}
        {error !== null && <Trouble error={error} again={() => run(days)} />}
        {refused && <Alert color="red" title="Such a rule cannot be" icon={<IconAlertTriangle size={18} aria-hidden />}>{refused.message}</Alert>}
        {result && (result.carts > 0 ? <Findings result={result} since={progress?.recordedSince ?? null} /> : <Nothing since={progress?.recordedSince ?? null} />)}
      </Stack>
    </Drawer>
  );
}

function Bar({ far }: { far: Far | null }) {
  const formats = useFormats();
  const part = far && far.total > 0 ? Math.floor((100 * far.done) / far.total) : 0;
  const said = far?.waiting && far.total === 0 ? "Another what-if is running. This one is next." : far && far.total > 0 ? `${formats.points(far.done)} of ${formats.points(far.total)} carts` : "Looking for recorded carts …";
  return (
    <div>
      <Progress value={part} animated={part === 0} aria-label="Carts replayed" />
      <Text size="sm" c="dimmed" mt={6} className="number" role="status" aria-live="polite">{said}</Text>
    </div>
  );
}

function Nothing({ since }: { since: string | null }) {
  const formats = useFormats();
  return (
    <Empty icon={IconShoppingCart} title="No carts to replay">
      {since === null
        ? "No cart is recorded yet. Carts are recorded from now on, whenever a customer’s points are previewed at the checkout."
        : `Carts are recorded since ${formats.day(since)}, and there is none in these days.`}
    </Empty>
  );
}
