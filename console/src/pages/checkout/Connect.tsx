import { Box, Stack, Tabs } from "@mantine/core";
import { useShell } from "../../lib/shell";
import { SNIPPETS } from "../../lib/snippets";
import { CopyField, CopyIcon } from "../../ui/Copy";
import { Section } from "../../ui/Section";

export function Connect() {
  const { merchant } = useShell();
  const endpoint = `${window.location.origin}/graphql`;
  return (
    <Section title="Connect your checkout" about="What a developer needs: where to call, and a first call that works as it stands.">
      <Stack gap="md">
        <CopyField label="Endpoint" value={endpoint} />
        <Tabs defaultValue="curl" keepMounted={false}>
          <Tabs.List mb="sm">
            {SNIPPETS.map(({ name }) => <Tabs.Tab key={name} value={name}>{name}</Tabs.Tab>)}
          </Tabs.List>
          {SNIPPETS.map(({ name, text }) => {
            const snippet = text(endpoint, merchant.currencyCode);
            return (
              <Tabs.Panel key={name} value={name}>
                <Box pos="relative">
                  <pre className="snippet" tabIndex={0} aria-label={`Example for ${name}`}>{snippet}</pre>
                  <Box pos="absolute" top={8} right={8}><CopyIcon value={snippet} what="the example" /></Box>
                </Box>
              </Tabs.Panel>
            );
          })}
        </Tabs>
      </Stack>
    </Section>
  );
}
