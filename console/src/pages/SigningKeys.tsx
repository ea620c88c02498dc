import { Alert, Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type CredentialsQuery, RevokeSigningKeyDocument } from "../gql/graphql";
import { ask } from "../lib/api";
import { useFormats } from "../lib/format";
import { useMay } from "../lib/shell";
import { Confirm } from "../ui/Confirm";
import { CopyField, CopyIcon } from "../ui/Copy";
import { IconKey, IconPlus } from "../ui/icons";
import { Section } from "../ui/Section";
import { Empty } from "../ui/States";
import { Status } from "../ui/Status";
import { saved } from "../ui/toast";
import { RegisterSigningKey } from "./RegisterSigningKey";

type Key = CredentialsQuery["merchant"]["signingKeys"][number];

export function SigningKeys({ keys }: { keys: Key[] }) {
  const may = useMay("CONFIGURE");
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<Key | null>(null);
  const live = keys.filter((key) => key.revokedAt === null);

  async function revoke(key: Key): Promise<string | void> {
    const { revokeSigningKey: done } = await ask(RevokeSigningKeyDocument, { input: { kid: key.kid } });
    if (done.userErrors[0]) return done.userErrors[0].message;
    await queries.invalidateQueries();
    saved("The signing key is revoked.");
  }

  return (
    <Section
      title="Signing keys" about="With these your own backend signs customer tokens, without a call to the gateway." flush
      action={may && <Button size="xs" variant="default" style={{ flexShrink: 0 }} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setMaking(true)}>Register key</Button>}
    >
      {keys.length === 0 ? (
        <Empty icon={IconKey} title="There is no signing key">You need none where your backend asks for tokens with createCustomerToken.</Empty>
      ) : (
        <Rows keys={keys} onRevoke={may ? setRevoking : undefined} />
      )}
      <RegisterSigningKey opened={making} onClose={() => setMaking(false)} onMade={setMade} />
      <Modal opened={made !== null} onClose={() => setMade(null)} title="The key is registered" size="lg" closeButtonProps={{ "aria-label": "Close" }}>
        <Stack gap="md">
          <Text size="sm">Put this into the header of every token that your backend signs. It is no secret, and stays in the list.</Text>
          <CopyField label="kid" value={made ?? ""} />
          <Group justify="flex-end"><Button onClick={() => setMade(null)}>Done</Button></Group>
        </Stack>
      </Modal>
      <Confirm opened={revoking !== null} onClose={() => setRevoking(null)} title="Revoke this signing key?" action="Revoke" danger onConfirm={() => revoke(revoking!)}>
        <Stack gap="xs">
          <Text size="sm" className="mono" style={{ overflowWrap: "anywhere" }}>{revoking?.kid}</Text>
          <Text size="sm">Every customer token that it signed is refused within seconds. This cannot be undone.</Text>
          {live.length === 1 && <Alert color="yellow">It is the last one: until you register another, no token of your own backend is accepted.</Alert>}
        </Stack>
      </Confirm>
    </Section>
  );
}

function Rows({ keys, onRevoke }: { keys: Key[]; onRevoke?: (key: Key) => void }) {
  const formats = useFormats();
  return (
    <div className="table-scroll">
      <Table verticalSpacing="sm" horizontalSpacing="lg" miw={760}>
        <Table.Thead><Table.Tr><Table.Th>kid</Table.Th><Table.Th>Algorithm</Table.Th><Table.Th>Issuer</Table.Th><Table.Th>Registered</Table.Th><Table.Th>State</Table.Th><Table.Th><span className="skip">Actions</span></Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key.kid}>
              <Table.Td><Group gap={4} wrap="nowrap"><span className="mono">{key.kid}</span><CopyIcon value={key.kid} what="the kid" /></Group></Table.Td>
              <Table.Td>{key.algorithm}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{key.issuer}</Table.Td>
              <Table.Td>{formats.when(key.createdAt)}</Table.Td>
              <Table.Td>{key.revokedAt === null ? <Status tone="good">Live</Status> : <Status tone="off">Revoked</Status>}</Table.Td>
              <Table.Td ta="right">{onRevoke && key.revokedAt === null && <Button size="compact-sm" variant="subtle" color="red" onClick={() => onRevoke(key)} aria-label={`Revoke the signing key of ${key.issuer}`}>Revoke</Button>}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
