import { Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { RefundPointsDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useFormats } from "../../lib/format";
import { readPoints } from "../../lib/numbers";
import { Confirm } from "../../ui/Confirm";
import { NumberField } from "../../ui/Fields";
import { saved } from "../../ui/toast";
import type { Redemption } from "./Redemptions";

/** Gives captured points back, all that is left or some of them. */
export function Refund({ redemption, onClose }: { redemption: Redemption; onClose: () => void }) {
  const queries = useQueryClient();
  const formats = useFormats();
  const left = redemption.capturedPoints - redemption.refundedPoints;
  const [text, setText] = useState(String(left));
  // One key for the dialog: pressing twice, or again after a lost answer, gives back once.
  const [key, setKey] = useState(() => crypto.randomUUID());

  async function refund(): Promise<string | void> {
    const read = readPoints(text);
    if (!read.ok) return read.why;
    const points = Number(read.text);
    if (points < 1 || points > left) return `From 1 to ${formats.points(left)} points can be given back.`;
    // All that is left is said by leaving the number out: store credit goes back with it.
    const input = { id: redemption.id, points: points === left ? undefined : points, idempotencyKey: key };
    const { refundRedemption: done } = await ask(RefundPointsDocument, { input });
    await queries.invalidateQueries({ queryKey: ["customer"] });
    if (done.userErrors[0]) {
      setKey(crypto.randomUUID());
      return done.userErrors[0].message;
    }
    saved("The points are given back.");
  }

  return (
    <Confirm opened onClose={onClose} title="Give points back?" action="Give back" onConfirm={refund}>
      <Stack gap="sm">
        <NumberField label="Points" places={0} value={text} onChange={setText} description={`Of ${formats.points(left)} that the order ${redemption.order?.id ?? ""} has taken and not given back.`} />
        <Text size="sm">They come back with the expiry that they had, or a little later where that is near. No money is moved, and the order stays as it is.</Text>
      </Stack>
    </Confirm>
  );
}
