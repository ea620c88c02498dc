import { Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Names and their values; a value that is not there is left out. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {facts.filter(([, value]) => value !== null && value !== "").map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="xs" c="dimmed">{name}</Text>
          <Text component="dd" size="sm">{value}</Text>
        </div>
      ))}
    </dl>
  );
}
