import { Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { ReleaseHoldDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useFormats } from "../../lib/format";
import { Confirm } from "../../ui/Confirm";
import { saved } from "../../ui/toast";
import type { Redemption } from "./Redemptions";

/** Ends a hold that is stuck. To release it again changes nothing. */
export function Release({ redemption, onClose }: { redemption: Redemption; onClose: () => void }) {
  const queries = useQueryClient();
  const formats = useFormats();

  async function release(): Promise<string | void> {
    const { releaseRedemption: done } = await ask(ReleaseHoldDocument, { input: { id: redemption.id } });
    // Whatever was said, it may have changed meanwhile.
    await queries.invalidateQueries({ queryKey: ["customer"] });
    if (done.userErrors[0]) return done.userErrors[0].message;
    saved("The hold is released.");
  }

  return (
    <Confirm opened onClose={onClose} title="Release this hold?" action="Release" onConfirm={release}>
      <Text size="sm">
        {redemption.points > 0 ? `${formats.points(redemption.points)} points` : formats.money(redemption.credits.amount)} of the cart {redemption.cartId} can be spent again at once.
        {" "}If its order is being paid right now, the order can no longer take them from this hold.
      </Text>
    </Confirm>
  );
}
