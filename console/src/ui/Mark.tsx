import { Group, Text } from "@mantine/core";
import { IconSparkles } from "./icons";

export function Mark({ name }: { name: string }) {
  return (
    <Group gap={10} wrap="nowrap">
      <span className="mark" aria-hidden>
        <IconSparkles size={17} stroke={2} />
      </span>
      <Text fw={650} size="sm" truncate>{name}</Text>
    </Group>
  );
}
