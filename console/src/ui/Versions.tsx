import { Drawer, Stack, Text } from "@mantine/core";
import { changesBetween, type Facts } from "../lib/draft";
import { useFormats } from "../lib/format";
import { Changes } from "./Changes";
import { Status } from "./Status";

interface Props<R extends { version: number }> {
  opened: boolean;
  onClose: () => void;
  /** The latest first. */
  versions: { rule: R; editedAt: string }[];
  /** Whether the first of them holds. */
  live: boolean;
  facts: (rule: R) => Facts;
}

/** What every version changed. */
export function Versions<R extends { version: number }>({ opened, onClose, versions, live, facts }: Props<R>) {
  const formats = useFormats();
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="lg" title="Versions" closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="lg">
        {versions.map(({ rule, editedAt }, at) => {
          const older = versions[at + 1]?.rule;
          const changes = changesBetween(older ? facts(older) : [], facts(rule));
          return (
            <section key={rule.version} aria-label={`Version ${rule.version}`}>
              <Text fw={600} size="sm" component="div">Version {rule.version} {at === 0 && live && <Status tone="good">Current</Status>}</Text>
              <Text size="xs" c="dimmed" mb="xs">{formats.when(editedAt)}</Text>
              {changes.length === 0 ? <Text size="sm" c="dimmed">Nothing was changed.</Text> : <Changes changes={changes} />}
            </section>
          );
        })}
      </Stack>
    </Drawer>
  );
}
