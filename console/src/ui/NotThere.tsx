import { Button, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { useTitle } from "../lib/page";

export function NotThere() {
  useTitle("Not found");
  return (
    <Stack align="center" gap="sm" py={96} ta="center">
      <Title order={1}>There is no such page</Title>
      <Text c="dimmed">The address may be old, or mistyped.</Text>
      <Button component={Link} to="/">Go home</Button>
    </Stack>
  );
}
