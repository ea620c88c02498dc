import { Alert, Button, Group, Modal, Select, Stack, Table, Text } from "@mantine/core";
import { IconRefresh, IconShieldLock } from "../../ui/icons";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type CheckoutQuery, RotateSecretDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { said } from "../../lib/errors";
import { useFormats } from "../../lib/format";
import { OVERLAPS } from "../../lib/overlaps";
import { useMay } from "../../lib/shell";
import { Section } from "../../ui/Section";
import { SecretOnce } from "../../ui/SecretOnce";
import { Empty } from "../../ui/States";
import { Status } from "../../ui/Status";

export function Secrets({ checkout }: { checkout: CheckoutQuery["merchant"]["customCheckout"] }) {
  const formats = useFormats();
  const queries = useQueryClient();
  const may = useMay("CONFIGURE");
  const [asking, setAsking] = useState(false);
  const [overlap, setOverlap] = useState("86400");
  const [secret, setSecret] = useState<string | null>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const keys = checkout.secretWebhookIds;

  async function rotate() {
    setBusy(true);
    setError("");
    try {
      const input = { overlapSeconds: Number(keys.length ? overlap : 0) };
      const { rotateSecretWebhookId: done } = await ask(RotateSecretDocument, { input });
      setError(done.userErrors[0]?.message ?? "");
      if (done.secretWebhookId !== null) {
        setAsking(false);
        setSecret(done.secretWebhookId);
        await queries.invalidateQueries();
      }
    } catch (failed) {
      setError(said(failed));
    } finally {
      setBusy(false);
    }
  }

  const button = (
    <Button variant={keys.length ? "default" : "filled"} leftSection={<IconRefresh size={16} aria-hidden />} disabled={!may} onClick={() => (keys.length ? setAsking(true) : void rotate())} loading={busy}>
      {keys.length ? "Rotate" : "Make a Secret Webhook ID"}
    </Button>
  );
  return (
    <Section title="Secret Webhook ID" about="Your checkout's backend shows it with every call. Keep it on your server." action={keys.length ? button : undefined} flush>
      {error && !asking && <Alert color="red" role="alert" m="md">{error}</Alert>}
      {keys.length === 0 ? (
        <Empty icon={IconShieldLock} title="There is no Secret Webhook ID" action={button}>Without one your backend cannot call the gateway.</Empty>
      ) : (
        <div className="table-scroll">
          <Table verticalSpacing="sm" horizontalSpacing="lg">
            <Table.Thead>
              <Table.Tr><Table.Th>Secret</Table.Th><Table.Th>Made</Table.Th><Table.Th>Last used</Table.Th><Table.Th>State</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {keys.map((key, at) => (
                <Table.Tr key={key.id}>
                  <Table.Td><span className="mono">whk_••••••••{key.hint}</span></Table.Td>
                  <Table.Td>{formats.when(key.createdAt)}</Table.Td>
                  <Table.Td>{formats.ago(key.lastUsedAt)}</Table.Td>
                  <Table.Td>
                    {key.expiresAt === null ? <Status tone="good">{at === 0 ? "Current" : "Works"}</Status> : <Status tone="warn">Ends {formats.when(key.expiresAt)}</Status>}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <Modal opened={asking} onClose={() => setAsking(false)} title="Rotate the Secret Webhook ID" closeButtonProps={{ "aria-label": "Close" }}>
        <Stack gap="md">
          <Text size="sm">A new one is made and shown once. Give your developers time to put it in place: until then the old one goes on working.</Text>
          <Select label="How long the old one still works" data={OVERLAPS} value={overlap} allowDeselect={false} onChange={(value) => setOverlap(value ?? "86400")} />
          {overlap === "0" && <Alert color="red">Every call with the old one fails from now on.</Alert>}
          {error && <Alert color="red" role="alert">{error}</Alert>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => setAsking(false)}>Cancel</Button>
            <Button onClick={rotate} loading={busy}>Make a new one</Button>
          </Group>
        </Stack>
      </Modal>
      <SecretOnce
        title="Your new Secret Webhook ID" label="Secret Webhook ID" value={secret} onClose={() => setSecret(null)}
        about="Copy it now and give it to your developers by a safe way. It is not shown again; if it is lost, rotate once more."
      />
    </Section>
  );
}
