import { Select, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ReplayInboxDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useFormats } from "../../lib/format";
import type { Source } from "../../lib/sources";
import { Confirm } from "../../ui/Confirm";
import { saved } from "../../ui/toast";

/** Carries out again everything that a source has lost. */
export function ReplayDead({ sources, onClose }: { sources: Source[]; onClose: () => void }) {
  const formats = useFormats();
  const queries = useQueryClient();
  const [source, setSource] = useState(sources[0]?.id ?? "");

  async function replay(): Promise<string | void> {
    if (!source) return "Every source of these was deleted; they cannot be replayed together.";
    const { replayInbox: done } = await ask(ReplayInboxDocument, { input: { deadOf: source } });
    if (done.count === null) return done.userErrors[0]?.message;
    if (done.count === 0) return "Nothing of this source was given up.";
    await queries.invalidateQueries();
    saved(done.count === 1 ? "1 delivery is carried out again." : `${formats.points(done.count)} deliveries are carried out again.`);
  }

  return (
    <Confirm opened onClose={onClose} title="Replay all that was given up" action="Replay all" onConfirm={replay}>
      <Stack gap="md">
        <Text size="sm">It is safe: what an order was told before changes nothing. What fails again is given up again, with the reason.</Text>
        <Select label="Of which source" data={sources.map(({ id, name }) => ({ value: id, label: name }))} value={source} allowDeselect={false} onChange={(value) => setSource(value ?? "")} />
      </Stack>
    </Confirm>
  );
}
