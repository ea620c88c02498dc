import { Anchor, Group, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "./icons";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useTitle } from "../lib/page";

interface Props {
  title: string;
  about?: ReactNode;
  badge?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
}

export function PageHeader({ title, about, badge, actions, back }: Props) {
  useTitle(title);
  return (
    <header style={{ marginBottom: "1.5rem" }}>
      {back && (
        <Anchor component={Link} to={back.to} size="sm" c="dimmed" mb={6} style={{ display: "inline-flex", gap: 6, alignItems: "center" }}>
          <IconArrowLeft size={15} aria-hidden /> {back.label}
        </Anchor>
      )}
      <Group justify="space-between" align="flex-start" gap="md">
        <div style={{ minWidth: 0 }}>
          <Group gap="sm">
            <Title order={1} tabIndex={-1} style={{ overflowWrap: "anywhere" }}>{title}</Title>
            {badge}
          </Group>
          {about && <Text c="dimmed" size="sm" mt={4} maw={640}>{about}</Text>}
        </div>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
    </header>
  );
}
