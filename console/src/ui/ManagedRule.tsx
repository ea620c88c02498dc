import { Alert, Button, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ComponentProps, type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import type { UserError } from "../lib/api";
import type { Facts } from "../lib/draft";
import { useFormats } from "../lib/format";
import { useMay } from "../lib/shell";
import { Confirm } from "./Confirm";
import { IconArchive, IconHistory } from "./icons";
import { PageHeader } from "./PageHeader";
import { RuleState } from "./RuleState";
import { saved } from "./toast";
import { Versions } from "./Versions";

interface Props<R extends { name: string; version: number }> {
  managed: ComponentProps<typeof RuleState>["of"] & { rule: R; archivedAt: string | null; editedAt: string; versions: { rule: R; editedAt: string }[] };
  /** What kind of rule it is. */
  kind: string;
  home: { to: string; label: string };
  facts: (rule: R) => Facts;
  onArchive: () => Promise<readonly UserError[]>;
  /** What is told of one that is archived, and before it is. */
  after: string;
  before: string;
  /** The form, for those who may change it or not. */
  children: (readOnly: boolean) => ReactNode;
}

/** The page of a rule that is there, of either kind: its state, its versions, and the way into the archive. */
export function ManagedRule<R extends { name: string; version: number }>({ managed, kind, home, facts, onArchive, after, before, children }: Props<R>) {
  const formats = useFormats();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const may = useMay("CONFIGURE");
  const [history, setHistory] = useState(false);
  const [archiving, setArchiving] = useState(false);
  const { rule } = managed;
  const archived = managed.archivedAt !== null;

  async function archive(): Promise<string | void> {
    const [wrong] = await onArchive();
    if (wrong) return wrong.message;
    await queries.invalidateQueries();
    saved(`“${rule.name}” is archived.`);
    navigate(home.to);
  }

  return (
    <>
      <PageHeader
        title={rule.name} back={home} badge={<RuleState of={managed} />}
        about={`${kind} · version ${rule.version}, edited ${formats.ago(managed.editedAt).toLowerCase()}`}
        actions={
          <>
            <Button variant="default" leftSection={<IconHistory size={16} aria-hidden />} onClick={() => setHistory(true)}>Versions</Button>
            {may && !archived && <Button variant="default" leftSection={<IconArchive size={16} aria-hidden />} onClick={() => setArchiving(true)}>Archive</Button>}
          </>
        }
      />
      {archived && <Alert color="gray" mb="lg">This rule is archived and can be changed no more. {after}</Alert>}
      {children(archived || !may)}
      <Versions opened={history} onClose={() => setHistory(false)} versions={managed.versions} live={!archived} facts={facts} />
      <Confirm opened={archiving} onClose={() => setArchiving(false)} title={`Archive “${rule.name}”?`} action="Archive" danger onConfirm={archive}>
        <Text size="sm">{before}</Text>
      </Confirm>
    </>
  );
}
