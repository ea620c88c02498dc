import { Stack } from "@mantine/core";
import { useShell } from "../../lib/shell";
import { SNIPPETS } from "../../lib/snippets";
import { CopyField } from "../../ui/Copy";
import { Section } from "../../ui/Section";
import { Snippets } from "../../ui/Snippets";

export function Connect() {
  const { merchant } = useShell();
  const endpoint = `${window.location.origin}/graphql`;
  return (
    <Section title="Connect your checkout" about="What a developer needs: where to call, and a first call that works as it stands.">
      <Stack gap="md">
        <CopyField label="Endpoint" value={endpoint} />
        <Snippets snippets={SNIPPETS.map(({ name, text }) => ({ name, text: text(endpoint, merchant.currencyCode) }))} />
      </Stack>
    </Section>
  );
}
