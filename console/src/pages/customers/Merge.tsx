import { Alert, Button, Group, Modal, Radio, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { type CustomerPartsFragment, CustomersDocument, type CustomersQuery, MergeCustomersDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { said } from "../../lib/errors";
import { useFormats } from "../../lib/format";
import { Trouble } from "../../ui/States";
import { saved } from "../../ui/toast";

type Found = CustomersQuery["merchant"]["customers"]["edges"][number]["node"];
const SHOWN = 5;

/** Makes this customer a part of another one: first which, then both side by side. */
export function Merge({ customer, onClose }: { customer: CustomerPartsFragment; onClose: () => void }) {
  const [target, setTarget] = useState<Found | null>(null);
  const [sure, setSure] = useState(false);
  return (
    <Modal opened onClose={onClose} size="lg" title={sure ? "Merge these two customers?" : `Merge ${customer.externalId} into another customer`} closeButtonProps={{ "aria-label": "Close" }}>
      {sure && target !== null
        ? <Both source={customer} target={target} onBack={() => setSure(false)} onClose={onClose} />
        : <Choice source={customer} target={target} onChoose={setTarget} onClose={onClose} onNext={() => setSure(true)} />}
    </Modal>
  );
}

interface ChoiceProps {
  source: CustomerPartsFragment;
  target: Found | null;
  onChoose: (found: Found) => void;
  onNext: () => void;
  onClose: () => void;
}

function Choice({ source, target, onChoose, onNext, onClose }: ChoiceProps) {
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 250);
  const query = useQuery({ queryKey: ["customers", "to-merge", search], enabled: search !== "", queryFn: () => ask(CustomersDocument, { search, first: SHOWN + 1 }) });
  const found = query.data?.merchant.customers.edges.map(({ node }) => node).filter(({ id }) => id !== source.id).slice(0, SHOWN) ?? [];
  return (
    <Stack gap="md">
      <Text size="sm">Use it where a guest and an account are one person. The other one stays, and gets all points, holds and debts of this one.</Text>
      <TextInput label="The customer who stays" description="By id, phone number or e-mail address." type="search" maxLength={255} autoComplete="off" data-autofocus value={text} onChange={(event) => setText(event.currentTarget.value)} />
      {query.isError && <Trouble error={query.error} again={() => void query.refetch()} />}
      {query.isSuccess && found.length === 0 && <Text size="sm" c="dimmed" role="status">Nobody else is known by that.</Text>}
      {found.length > 0 && (
        <Radio.Group aria-label="Found" value={target?.id ?? ""} onChange={(id) => onChoose(found.find((each) => each.id === id)!)}>
          <Stack gap="sm">{found.map((each) => <Radio key={each.id} value={each.id} label={each.externalId} description={[each.phone, each.email].filter(Boolean).join(" · ") || "No phone or e-mail"} />)}</Stack>
        </Radio.Group>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button onClick={onNext} disabled={!found.some(({ id }) => id === target?.id)}>Compare</Button>
      </Group>
    </Stack>
  );
}

interface BothProps {
  source: CustomerPartsFragment;
  target: Found;
  onBack: () => void;
  onClose: () => void;
}

function Both({ source, target, onBack, onClose }: BothProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const [key] = useState(() => crypto.randomUUID());

  async function merge() {
    setBusy(true);
    try {
      const { mergeCustomers: done } = await ask(MergeCustomersDocument, { input: { source: { id: source.id }, target: { id: target.id }, idempotencyKey: key } });
      setError(done.userErrors[0]?.message ?? "");
      if (done.customer === null) return;
      queries.removeQueries({ queryKey: ["customers"] });
      await queries.invalidateQueries({ queryKey: ["customer"] });
      saved("The two are one customer now.");
      onClose();
      navigate(`/customers/${target.id}`);
    } catch (failed) {
      setError(said(failed));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Side title="Goes" of={source} points={source.points.available} />
        <Side title="Stays" of={target} points={target.points.available} />
      </SimpleGrid>
      <Text size="sm">
        Points and store credit keep their times. Phone and e-mail go over where the other has none. Your shop reaches the one who stays by the ids of both; a customer token of
        the one who goes opens nothing any more. This cannot be undone.
      </Text>
      {error && <Alert color="red" role="alert">{error}</Alert>}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onBack} disabled={busy}>Back</Button>
        <Button color="red" onClick={() => void merge()} loading={busy}>Merge for good</Button>
      </Group>
    </Stack>
  );
}

function Side({ title, of: customer, points }: { title: string; of: Pick<Found, "externalId" | "phone" | "email">; points: number }) {
  const formats = useFormats();
  return (
    <section className="card" aria-label={title} style={{ padding: "0.875rem 1rem", minWidth: 0 }}>
      <Text size="xs" fw={550} c="dimmed">{title}</Text>
      <Text fw={600} style={{ overflowWrap: "anywhere" }}>{customer.externalId}</Text>
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>{[customer.phone, customer.email].filter(Boolean).join(" · ") || "No phone or e-mail"}</Text>
      <Text size="sm" className="number" mt={4}>{formats.points(points)} points available</Text>
    </section>
  );
}
