import { Alert, Text } from "@mantine/core";
import { type Finding, moved, refusal } from "../../lib/findings";
import { useFormats } from "../../lib/format";
import { Changes } from "../../ui/Changes";

/** What the repair would come to if it were carried out now. */
export function Moves({ finding }: { finding: Finding }) {
  const formats = useFormats();
  const { preview } = finding;
  if (preview === null) return null;
  if (preview.refusal !== null) return <Alert className="tone-warn" title="It cannot be carried out now">{refusal(preview.refusal)}</Alert>;
  const changes = moved(preview.before, preview.after, formats);
  if (changes.length === 0) return <Text size="sm">The customer's balance stays as it is.</Text>;
  return <Changes changes={changes} width={270} heads={["Now", "After"]} />;
}
