import { ActionIcon, Button, Group, Menu, Table, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { DeleteSourceDocument, RotateSourceSecretDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useFormats } from "../../lib/format";
import { useMay } from "../../lib/shell";
import { addressOf, PLATFORMS, type Source } from "../../lib/sources";
import { Confirm } from "../../ui/Confirm";
import { CopyIcon } from "../../ui/Copy";
import { IconDots, IconInbox, IconRefresh, IconTrash } from "../../ui/icons";
import { RotateSecret } from "../../ui/RotateSecret";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/States";
import { saved } from "../../ui/toast";

interface Props {
  sources: Source[];
  action: ReactNode;
  onGuide: (source: Source, secret: string | null) => void;
}

export function SourceList({ sources, action, onGuide }: Props) {
  const queries = useQueryClient();
  const [rotating, setRotating] = useState<Source | null>(null);
  const [deleting, setDeleting] = useState<Source | null>(null);

  async function rotate(source: Source, overlapSeconds: number, secret: string | undefined): Promise<string | void> {
    const { rotateOrderSourceSecret: done } = await ask(RotateSourceSecretDocument, { input: { id: source.id, overlapSeconds, secret } });
    if (done.userErrors[0]) return done.userErrors[0].message;
    await queries.invalidateQueries();
    if (done.secret === null) saved("The secret is in use.");
    else onGuide(source, done.secret);
  }

  async function remove(source: Source): Promise<string | void> {
    const { deleteOrderSource: done } = await ask(DeleteSourceDocument, { input: { id: source.id } });
    if (done.userErrors[0]) return done.userErrors[0].message;
    await queries.invalidateQueries();
    saved(`“${source.name}” is deleted.`);
  }

  return (
    <Section title={sources.length === 1 ? "1 source" : `${sources.length} sources`} flush>
      {sources.length === 0 ? (
        <Empty icon={IconInbox} title="No shop tells of its orders yet" action={action}>
          Connect Shopify, WooCommerce, commercetools or your own backend: then nobody has to call a mutation for each order.
        </Empty>
      ) : (
        <div className="table-scroll">
          <Table verticalSpacing="sm" horizontalSpacing="lg" miw={760}>
            <Table.Thead><Table.Tr><Table.Th>Source</Table.Th><Table.Th>Address</Table.Th><Table.Th>Made</Table.Th><Table.Th><span className="skip">Actions</span></Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{sources.map((source) => <Row key={source.id} source={source} onGuide={onGuide} onRotate={setRotating} onDelete={setDeleting} />)}</Table.Tbody>
          </Table>
        </div>
      )}
      {rotating && (
        <RotateSecret
          title={`Rotate the secret of “${rotating.name}”`} about="Deliveries signed with the old secret are taken until it ends." own={PLATFORMS[rotating.kind].own ?? undefined}
          atOnce="What is signed with the old secret is refused from now on." onClose={() => setRotating(null)} onRotate={(overlap, secret) => rotate(rotating, overlap, secret)}
        />
      )}
      <Confirm opened={deleting !== null} onClose={() => setDeleting(null)} title={`Delete “${deleting?.name ?? ""}”?`} action="Delete" danger onConfirm={() => remove(deleting!)}>
        <Text size="sm">Whatever the shop sends from now on is refused, and what waits of it is discarded. What was carried out stays. This cannot be undone.</Text>
      </Confirm>
    </Section>
  );
}

interface RowProps {
  source: Source;
  onGuide: Props["onGuide"];
  onRotate: (source: Source) => void;
  onDelete: (source: Source) => void;
}

function Row({ source, onGuide, onRotate, onDelete }: RowProps) {
  const formats = useFormats();
  const may = useMay("CONFIGURE");
  const { previousSecretUntil: until } = source;
  const overlapping = until !== null && Date.parse(until) > Date.now();
  return (
    <Table.Tr>
      <Table.Td><Text size="sm" fw={550}>{source.name}</Text><Text size="xs" c="dimmed">{PLATFORMS[source.kind].name}</Text></Table.Td>
      <Table.Td maw={380}><Group gap={4} wrap="nowrap"><span className="mono">{addressOf(source)}</span><CopyIcon value={addressOf(source)} what={`the address of ${source.name}`} /></Group></Table.Td>
      <Table.Td>{formats.when(source.createdAt)}{overlapping && <Text size="xs" c="dimmed">The old secret works until {formats.when(until)}</Text>}</Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap" justify="flex-end">
          <Button size="compact-sm" variant="subtle" onClick={() => onGuide(source, null)} aria-label={`Guide for ${source.name}`}>Guide</Button>
          {may && (
            <Menu position="bottom-end" shadow="md" width={200}>
              <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${source.name}`}><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => onRotate(source)}>Rotate the secret</Menu.Item>
                <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => onDelete(source)}>Delete</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
