import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** At the foot of a form as long as something in it is not saved. */
export function SaveBar({ children }: { children: ReactNode }) {
  return (
    <div className="card save-bar">
      <Group justify="space-between" px="lg" py="sm" gap="sm">
        <Text size="sm" fw={550}>Unsaved changes</Text>
        <Group gap="sm">{children}</Group>
      </Group>
    </div>
  );
}
