import { Alert, Button, Group, Modal, SegmentedControl, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { IconKey, IconPlus } from "../ui/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { CreateCredentialDocument, type CredentialKind, CredentialsDocument, type CredentialsQuery, RevokeCredentialDocument } from "../gql/graphql";
import { ask, byField } from "../lib/api";
import { said } from "../lib/errors";
import { useFormats } from "../lib/format";
import { useMay } from "../lib/shell";
import { Confirm } from "../ui/Confirm";
import { CopyIcon } from "../ui/Copy";
import { PageHeader } from "../ui/PageHeader";
import { SecretOnce } from "../ui/SecretOnce";
import { Section } from "../ui/Section";
import { Empty, Loaded } from "../ui/States";
import { saved } from "../ui/toast";
import { Status } from "../ui/Status";
import { SigningKeys } from "./SigningKeys";

type Key = CredentialsQuery["merchant"]["credentials"][number];

const KINDS: Record<CredentialKind, { name: string; prefix: string; about: string }> = {
  PUBLISHABLE: { name: "Publishable key", prefix: "pk_", about: "Public: it stands in your storefront's page, and shows what points are worth." },
  SECRET_WEBHOOK: { name: "Secret Webhook ID", prefix: "whk_", about: "For your checkout's backend. To replace the current one with an overlap, rotate it under Custom Checkout." },
  ADMIN: { name: "Admin key", prefix: "sk_", about: "For scripts of your own: settings, rules, points. Not the staff." },
};

export function Credentials() {
  const query = useQuery({ queryKey: ["credentials"], queryFn: () => ask(CredentialsDocument) });
  const may = useMay("CONFIGURE");
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <PageHeader
        title="Credentials" about="The keys with which your programs call the gateway. A secret is shown once, when it is made."
        actions={may && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>Create key</Button>}
      />
      <Loaded query={query}>{({ merchant }) => <Tables keys={merchant.credentials} signing={merchant.signingKeys} />}</Loaded>
      <Make opened={making} onClose={() => setMaking(false)} onMade={setSecret} />
      <SecretOnce title="Your new key" label="Key" value={secret} onClose={() => setSecret(null)} about="Copy it now: it is not shown again. If it is lost, make another one and revoke this." />
    </>
  );
}

function Tables({ keys, signing }: { keys: Key[]; signing: CredentialsQuery["merchant"]["signingKeys"] }) {
  const formats = useFormats();
  const may = useMay("CONFIGURE");
  const queries = useQueryClient();
  const [ended, setEnded] = useState("live");
  const [revoking, setRevoking] = useState<Key | null>(null);
  const shown = keys.filter((key) => ended === "all" || key.live);

  async function revoke(key: Key): Promise<string | void> {
    const { revokeCredential: done } = await ask(RevokeCredentialDocument, { input: { id: key.id } });
    if (done.userErrors[0]) return done.userErrors[0].message;
    await queries.invalidateQueries();
    saved(`“${key.label}” is revoked.`);
  }

  return (
    <Stack gap="lg">
      <Section title="Keys" flush action={<SegmentedControl size="xs" data={[{ value: "live", label: "Live" }, { value: "all", label: "All" }]} value={ended} onChange={setEnded} aria-label="Which keys" />}>
        {shown.length === 0 ? (
          <Empty icon={IconKey} title="There is no key">Make one for your storefront, your backend, or a script.</Empty>
        ) : (
          <div className="table-scroll">
            <Table verticalSpacing="sm" horizontalSpacing="lg" miw={760}>
              <Table.Thead>
                <Table.Tr><Table.Th>Name</Table.Th><Table.Th>Key</Table.Th><Table.Th>Made</Table.Th><Table.Th>Last used</Table.Th><Table.Th>State</Table.Th><Table.Th><span className="skip">Actions</span></Table.Th></Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shown.map((key) => (
                  <Table.Tr key={key.id}>
                    <Table.Td><Text size="sm" fw={550}>{key.label}</Text><Text size="xs" c="dimmed">{KINDS[key.kind].name}</Text></Table.Td>
                    <Table.Td>
                      <Group gap={4} wrap="nowrap">
                        <span className="mono">{KINDS[key.kind].prefix}{key.publicValue ? `…${key.hint}` : `••••${key.hint}`}</span>
                        {key.publicValue && <CopyIcon value={key.publicValue} what="the key" />}
                      </Group>
                    </Table.Td>
                    <Table.Td>{formats.when(key.createdAt)}</Table.Td>
                    <Table.Td>{formats.ago(key.lastUsedAt)}</Table.Td>
                    <Table.Td><KeyState of={key} /></Table.Td>
                    <Table.Td ta="right">{may && key.live && <Button size="compact-sm" variant="subtle" color="red" onClick={() => setRevoking(key)} aria-label={`Revoke ${key.label}`}>Revoke</Button>}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
      </Section>
      <SigningKeys keys={signing} />
      <Confirm opened={revoking !== null} onClose={() => setRevoking(null)} title={`Revoke “${revoking?.label ?? ""}”?`} action="Revoke" danger onConfirm={() => revoke(revoking!)}>
        <Text size="sm">Whatever uses it is refused within seconds. This cannot be undone.</Text>
      </Confirm>
    </Stack>
  );
}

function KeyState({ of: key }: { of: Key }) {
  const formats = useFormats();
  if (key.revokedAt !== null) return <Status tone="off">Revoked</Status>;
  if (!key.live) return <Status tone="off">Ended</Status>;
  return key.expiresAt === null ? <Status tone="good">Live</Status> : <Status tone="warn">Ends {formats.when(key.expiresAt)}</Status>;
}

function Make({ opened, onClose, onMade }: { opened: boolean; onClose: () => void; onMade: (secret: string) => void }) {
  const queries = useQueryClient();
  const [kind, setKind] = useState<CredentialKind>("ADMIN");
  const [label, setLabel] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const { createCredential: done } = await ask(CreateCredentialDocument, { input: { kind, label } });
      setErrors(byField(done.userErrors));
      if (done.secret !== null) {
        onClose();
        onMade(done.secret);
        setLabel("");
        await queries.invalidateQueries();
      }
    } catch (failed) {
      setErrors({ "": said(failed) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal opened={opened} onClose={onClose} title="Create a key" closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Select
            label="What for" allowDeselect={false} value={kind} onChange={(value) => setKind(value as CredentialKind)} description={KINDS[kind].about}
            data={Object.entries(KINDS).map(([value, { name }]) => ({ value, label: name }))}
          />
          <TextInput label="Name" description="To tell it from others later." data-autofocus value={label} error={errors.label} onChange={(event) => setLabel(event.currentTarget.value)} />
          {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={busy} disabled={!label.trim()}>Create</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
