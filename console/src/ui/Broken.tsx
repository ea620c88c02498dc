import { Button, Center, Stack, Text, Title } from "@mantine/core";
import { useRouteError } from "react-router";

/** What is shown where a page cannot be: a new release has replaced its files, say. */
export function Broken() {
  const error = useRouteError();
  const said = error instanceof Error ? error.message : "Something went wrong.";
  return (
    <Center mih="70dvh" p="md">
      <Stack align="center" gap="sm" maw={420} ta="center" role="alert">
        <Title order={1}>This page cannot be shown</Title>
        <Text c="dimmed">{said}</Text>
        <Button onClick={() => window.location.reload()}>Load it again</Button>
      </Stack>
    </Center>
  );
}
