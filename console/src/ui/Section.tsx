import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  title: string;
  about?: ReactNode;
  action?: ReactNode;
  foot?: ReactNode;
  /** Without a margin inside: for tables. */
  flush?: boolean;
  children: ReactNode;
}

export function Section({ title, about, action, foot, flush, children }: Props) {
  return (
    <section className="card" aria-label={title}>
      <div className="card-head">
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="md">
          <div>
            <Title order={2}>{title}</Title>
            {about && <Text c="dimmed" size="sm" mt={2}>{about}</Text>}
          </div>
          {action}
        </Group>
      </div>
      <div className={flush ? undefined : "card-body"}>{children}</div>
      {foot && <div className="card-foot">{foot}</div>}
    </section>
  );
}
