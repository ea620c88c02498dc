import { Alert, ActionIcon, Avatar, Button, Group, Menu, Modal, Radio, Stack, Table, Text, TextInput } from "@mantine/core";
import { IconDots, IconLockPassword, IconUserCog, IconUserOff, IconUserPlus } from "../ui/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { InviteStaffDocument, ResetStaffDocument, StaffDocument, type StaffQuery, type StaffRole, UpdateStaffDocument } from "../gql/graphql";
import { ask, byField } from "../lib/api";
import { said } from "../lib/errors";
import { useFormats } from "../lib/format";
import { useMay, useShell } from "../lib/shell";
import { Confirm } from "../ui/Confirm";
import { PageHeader } from "../ui/PageHeader";
import { SecretOnce } from "../ui/SecretOnce";
import { Section } from "../ui/Section";
import { Loaded } from "../ui/States";
import { saved } from "../ui/toast";
import { Status } from "../ui/Status";

type Person = StaffQuery["merchant"]["staff"][number];

const ROLES: { value: StaffRole; label: string; about: string }[] = [
  { value: "OWNER", label: "Owner", about: "Everything, also who else may come in." },
  { value: "MANAGER", label: "Manager", about: "Settings, rules, keys and the audit log." },
  { value: "SUPPORT", label: "Support", about: "Looks everything up, and helps customers with their points." },
];
const nameOf = (role: StaffRole) => ROLES.find(({ value }) => value === role)!.label;

export function Staff() {
  const query = useQuery({ queryKey: ["staff"], queryFn: () => ask(StaffDocument) });
  const may = useMay("MANAGE_STAFF");
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const show = (path: string) => setLink(window.location.origin + path);
  return (
    <>
      <PageHeader
        title="Staff" about="Who may use this console, and what they are trusted with."
        actions={may && <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>Invite</Button>}
      />
      <Loaded query={query} rows={1}>{({ merchant }) => <People staff={merchant.staff} onLink={show} />}</Loaded>
      <Invite opened={inviting} onClose={() => setInviting(false)} onLink={show} />
      <SecretOnce
        title="A link to pass on" label="Link" value={link} onClose={() => setLink(null)}
        about="Send it to this person and nobody else: whoever has it chooses the password. It works once, and is not shown again."
      />
    </>
  );
}

function People({ staff, onLink }: { staff: Person[]; onLink: (path: string) => void }) {
  const formats = useFormats();
  const { viewer } = useShell();
  const may = useMay("MANAGE_STAFF");
  const queries = useQueryClient();
  const [changing, setChanging] = useState<Person | null>(null);
  const [shutting, setShutting] = useState<Person | null>(null);
  const [error, setError] = useState("");

  async function change(input: { id: string; role?: StaffRole; disabled?: boolean }, told: string): Promise<string | void> {
    const { updateStaff: done } = await ask(UpdateStaffDocument, { input });
    if (done.userErrors[0]) return done.userErrors[0].message;
    await queries.invalidateQueries();
    saved(told);
  }

  async function reset(person: Person) {
    try {
      const { resetStaff: done } = await ask(ResetStaffDocument, { input: { id: person.id } });
      setError(done.userErrors[0]?.message ?? "");
      if (done.path !== null) onLink(done.path);
    } catch (failed) {
      setError(said(failed));
    }
  }

  return (
    <Section title={staff.length === 1 ? "1 person" : `${staff.length} people`} flush>
      {error && <Alert color="red" role="alert" m="md">{error}</Alert>}
      <div className="table-scroll">
        <Table verticalSpacing="sm" horizontalSpacing="lg" miw={680}>
          <Table.Thead><Table.Tr><Table.Th>Person</Table.Th><Table.Th>Role</Table.Th><Table.Th>Last here</Table.Th><Table.Th>State</Table.Th><Table.Th><span className="skip">Actions</span></Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {staff.map((person) => (
              <Table.Tr key={person.id}>
                <Table.Td>
                  <Group gap="sm" wrap="nowrap">
                    <Avatar size={32} radius="xl" color="brand" aria-hidden>{person.name.slice(0, 1).toUpperCase()}</Avatar>
                    <div style={{ minWidth: 0 }}>
                      <Text size="sm" fw={550}>{person.name}{person.id === viewer.staff.id && <Text span size="sm" c="dimmed" fw={400}> (you)</Text>}</Text>
                      <Text size="xs" c="dimmed">{person.email}</Text>
                    </div>
                  </Group>
                </Table.Td>
                <Table.Td>{nameOf(person.role)}</Table.Td>
                <Table.Td>{formats.ago(person.seenAt)}</Table.Td>
                <Table.Td><State of={person} /></Table.Td>
                <Table.Td ta="right">
                  {may && person.id !== viewer.staff.id && (
                    <Menu position="bottom-end" shadow="md" width={210}>
                      <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${person.name}`}><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item leftSection={<IconUserCog size={16} aria-hidden />} onClick={() => setChanging(person)}>Change the role</Menu.Item>
                        {person.disabledAt === null && <Menu.Item leftSection={<IconLockPassword size={16} aria-hidden />} onClick={() => void reset(person)}>{person.invited ? "New invitation link" : "New password link"}</Menu.Item>}
                        {person.disabledAt === null
                          ? <Menu.Item color="red" leftSection={<IconUserOff size={16} aria-hidden />} onClick={() => setShutting(person)}>Shut out</Menu.Item>
                          : <Menu.Item leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => void change({ id: person.id, disabled: false }, `${person.name} may come in again.`).then((why) => setError(why ?? ""))}>Let in again</Menu.Item>}
                      </Menu.Dropdown>
                    </Menu>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {changing && <Role key={changing.id} person={changing} onClose={() => setChanging(null)} onChange={(role) => change({ id: changing.id, role }, `${changing.name} is ${nameOf(role).toLowerCase()} now.`)} />}
      <Confirm opened={shutting !== null} onClose={() => setShutting(null)} title={`Shut ${shutting?.name ?? ""} out?`} action="Shut out" danger onConfirm={() => change({ id: shutting!.id, disabled: true }, `${shutting!.name} is shut out.`)}>
        <Text size="sm">They are signed out everywhere at once and cannot sign in. You can let them in again later.</Text>
      </Confirm>
    </Section>
  );
}

function State({ of: person }: { of: Person }) {
  const formats = useFormats();
  if (person.disabledAt !== null) return <Status tone="off">Shut out</Status>;
  if (person.invited) return <Status tone="warn">Invited</Status>;
  if (person.lockedUntil !== null) return <Status tone="bad">Locked until {formats.when(person.lockedUntil)}</Status>;
  return <Status tone="good">Active</Status>;
}

function RoleChoice({ value, onChange }: { value: StaffRole; onChange: (role: StaffRole) => void }) {
  return (
    <Radio.Group label="Role" value={value} onChange={(role) => onChange(role as StaffRole)}>
      <Stack gap="sm" mt="xs">{ROLES.map((role) => <Radio key={role.value} value={role.value} label={role.label} description={role.about} />)}</Stack>
    </Radio.Group>
  );
}

function Role({ person, onClose, onChange }: { person: Person; onClose: () => void; onChange: (role: StaffRole) => Promise<string | void> }) {
  const [role, setRole] = useState(person.role);
  return (
    <Confirm opened onClose={onClose} title={`Role of ${person.name}`} action="Change" onConfirm={() => onChange(role)}>
      <RoleChoice value={role} onChange={setRole} />
    </Confirm>
  );
}

function Invite({ opened, onClose, onLink }: { opened: boolean; onClose: () => void; onLink: (path: string) => void }) {
  const queries = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<StaffRole>("MANAGER");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const { inviteStaff: done } = await ask(InviteStaffDocument, { input: { email, role } });
      setErrors(byField(done.userErrors));
      if (done.path !== null) {
        onClose();
        onLink(done.path);
        setEmail("");
        await queries.invalidateQueries();
      }
    } catch (failed) {
      setErrors({ "": said(failed) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal opened={opened} onClose={onClose} title="Invite somebody" closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput label="E-mail address" type="email" data-autofocus value={email} error={errors.email} onChange={(event) => setEmail(event.currentTarget.value)} />
          <RoleChoice value={role} onChange={setRole} />
          {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
          <Text size="xs" c="dimmed">The gateway sends no mail: you get a link to pass on. It works once, for a week.</Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={busy} disabled={!email.trim()}>Make the link</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
