import { Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { type FindingRepair, RepairFindingDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { type Finding, REPAIRS } from "../../lib/findings";
import { Confirm } from "../../ui/Confirm";
import { saved } from "../../ui/toast";
import { Moves } from "./Moves";

/** Carries out what is proposed, once: a retry after an answer that was lost has the same key. */
export function Repair({ finding, repair, onClose }: { finding: Finding; repair: FindingRepair; onClose: () => void }) {
  const queries = useQueryClient();
  const key = useRef(crypto.randomUUID() as string);

  async function mend(): Promise<string | void> {
    const { repairFinding: done } = await ask(RepairFindingDocument, { input: { id: finding.id, idempotencyKey: key.current } });
    if (done.userErrors[0]) {
      key.current = crypto.randomUUID(); // the first outcome of a key stays, a refusal too
      return done.userErrors[0].message;
    }
    saved(REPAIRS[repair].done);
    onClose();
    await queries.invalidateQueries();
  }

  return (
    <Confirm opened onClose={onClose} title={`${REPAIRS[repair].action}?`} action={REPAIRS[repair].action} onConfirm={mend}>
      <Stack gap="md">
        <Text size="sm">{finding.sentence} {REPAIRS[repair].about}</Text>
        <Moves finding={finding} />
      </Stack>
    </Confirm>
  );
}
