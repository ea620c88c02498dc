import { Collapse, Group, UnstyledButton } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { IconChevronDown } from "./icons";

/** A list of rows that open. */
export function Folds({ children, label }: { children: ReactNode; label: string }) {
  return <ol className="folds" aria-label={label}>{children}</ol>;
}

/** One of them; what is inside is made when it is opened first. */
export function Fold({ head, children }: { head: ReactNode; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState(false);
  const id = useId();
  function turn() {
    setOpen(!open);
    setMade(true);
  }
  return (
    <li>
      <UnstyledButton className="fold-head" onClick={turn} aria-expanded={open} aria-controls={id}>
        <Group gap="md" wrap="nowrap">
          <div style={{ flex: 1, minWidth: 0 }}>{head}</div>
          <IconChevronDown size={16} aria-hidden style={{ flexShrink: 0, transform: open ? "rotate(180deg)" : undefined, transition: "transform 120ms" }} />
        </Group>
      </UnstyledButton>
      <Collapse expanded={open} id={id}>{made && <div className="fold-body">{children}</div>}</Collapse>
    </li>
  );
}
