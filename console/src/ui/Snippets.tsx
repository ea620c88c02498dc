import { Box, Tabs } from "@mantine/core";
import { CopyIcon } from "./Copy";

/** The same example in several languages. */
export function Snippets({ snippets }: { snippets: { name: string; text: string }[] }) {
  return (
    <Tabs defaultValue={snippets[0]!.name} keepMounted={false}>
      <Tabs.List mb="sm">
        {snippets.map(({ name }) => <Tabs.Tab key={name} value={name}>{name}</Tabs.Tab>)}
      </Tabs.List>
      {snippets.map(({ name, text }) => (
        <Tabs.Panel key={name} value={name}>
          <Box pos="relative">
            <pre className="snippet" tabIndex={0} aria-label={`Example for ${name}`}>{text}</pre>
            <Box pos="absolute" top={8} right={8}><CopyIcon value={text} what="the example" /></Box>
          </Box>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
