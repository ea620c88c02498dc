import { Alert, Button, Skeleton, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconAlertTriangle } from "./icons";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";

/** What a page shows of its data: while it comes, when it does not come, and when it is there. */
export function Loaded<T>({ query, rows = 3, children }: { query: UseQueryResult<T>; rows?: number; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Trouble error={query.error} again={() => void query.refetch()} />;
  return (
    <Stack gap="md" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => <Skeleton key={row} height={row ? 120 : 72} radius={12} />)}
    </Stack>
  );
}

export function Trouble({ error, again }: { error: unknown; again: () => void }) {
  return (
    <Alert color="red" role="alert" title="This could not be loaded" icon={<IconAlertTriangle size={18} aria-hidden />}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{error instanceof Error ? error.message : String(error)}</Text>
        <Button size="xs" variant="default" onClick={again}>Try again</Button>
      </Stack>
    </Alert>
  );
}

interface EmptyProps {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <ThemeIcon size={44} radius="xl" variant="light" aria-hidden><Icon size={22} stroke={1.7} /></ThemeIcon>
      <Text fw={600} mt={4}>{title}</Text>
      <Text c="dimmed" size="sm" maw={420}>{children}</Text>
      {action && <div style={{ marginTop: 12 }}>{action}</div>}
    </Stack>
  );
}
