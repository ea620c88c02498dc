import { Center, Loader } from "@mantine/core";

export function Opening() {
  return (
    <Center mih="100dvh" role="status" aria-label="Loading">
      <Loader size="sm" />
    </Center>
  );
}
