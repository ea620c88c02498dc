import { Alert, Button, Group, Modal, SegmentedControl, Stack, Table, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { AdjustPointsDocument, type CustomerPartsFragment, type Wallet } from "../../gql/graphql";
import { ask, byField } from "../../lib/api";
import { said } from "../../lib/errors";
import { toInstant, useFormats } from "../../lib/format";
import { inWords, readAmount, toMinor } from "../../lib/wallet";
import { MoneyField, NumberField } from "../../ui/Fields";
import { saved } from "../../ui/toast";
import { WalletChoice } from "./WalletChoice";

interface Draft {
  wallet: Wallet;
  give: boolean;
  amount: string;
  reason: string;
  expires: string;
}

interface Props {
  customer: CustomerPartsFragment;
  clawback: string;
  onClose: () => void;
}

/** The same key came with another amount: the answer to the first try was lost, not the try. */
const WENT_THROUGH = "Your first try has gone through after all. Look at the journal before you send this one as well.";

/** Gives or takes by hand: first what, then once more what that comes to. */
export function Adjust({ customer, clawback, onClose }: Props) {
  const queries = useQueryClient();
  const formats = useFormats();
  const [draft, setDraft] = useState<Draft>({ wallet: "COINS", give: true, amount: "", reason: "", expires: "" });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [reviewing, setReviewing] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  // One key for the dialog: pressing twice, or again after a lost answer, moves points once.
  const [key, setKey] = useState(() => crypto.randomUUID());

  function review(event: FormEvent) {
    event.preventDefault();
    const read = readAmount(draft.amount, draft.wallet, formats);
    const found: Record<string, string> = {};
    if ("why" in read) found.amount = read.why;
    if (draft.reason.trim() === "") found.reason = "Say why: it stays in the journal and in the audit log.";
    if (draft.give && draft.expires && Date.parse(toInstant(draft.expires, formats.zone)) <= Date.now()) found.expires = "Choose a time that is still to come.";
    setErrors(found);
    if (!("why" in read) && Object.keys(found).length === 0) setReviewing(read.amount);
  }

  async function send(amount: number) {
    setBusy(true);
    const expiresAt = draft.give && draft.expires ? toInstant(draft.expires, formats.zone) : undefined;
    const input = { customer: { id: customer.id }, wallet: draft.wallet, delta: draft.give ? amount : -amount, reason: draft.reason.trim(), expiresAt, idempotencyKey: key };
    try {
      const { adjustPoints: done } = await ask(AdjustPointsDocument, { input });
      await queries.invalidateQueries({ queryKey: ["customer", customer.id] });
      void queries.invalidateQueries({ queryKey: ["customers"] });
      if (done.userErrors[0]) {
        setErrors(done.userErrors[0].code === "IDEMPOTENCY_KEY_REUSED" ? { "": WENT_THROUGH } : byField(done.userErrors));
        setReviewing(null);
        setKey(crypto.randomUUID());
      } else {
        saved(`${inWords(amount, draft.wallet, formats)} ${draft.give ? "given" : "taken"}.`);
        onClose();
      }
    } catch (failed) {
      setErrors({ "": said(failed) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title={reviewing === null ? "Adjust points" : `${draft.give ? "Give" : "Take"} ${inWords(reviewing, draft.wallet, formats)}?`} closeButtonProps={{ "aria-label": "Close" }}>
      {reviewing === null
        ? <Form draft={draft} errors={errors} onChange={(part) => setDraft({ ...draft, ...part })} onSubmit={review} onClose={onClose} />
        : <Review customer={customer} clawback={clawback} draft={draft} amount={reviewing} error={errors[""]} busy={busy} onBack={() => setReviewing(null)} onSend={() => void send(reviewing)} />}
    </Modal>
  );
}

interface FormProps {
  draft: Draft;
  errors: Record<string, string>;
  onChange: (part: Partial<Draft>) => void;
  onSubmit: (event: FormEvent) => void;
  onClose: () => void;
}

function Form({ draft, errors, onChange, onSubmit, onClose }: FormProps) {
  const formats = useFormats();
  const amount = { value: draft.amount, error: errors.amount ?? errors.delta, onChange: (text: string) => onChange({ amount: text }) };
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <Group gap="sm" justify="space-between">
          <SegmentedControl data={[{ value: "give", label: "Give" }, { value: "take", label: "Take" }]} value={draft.give ? "give" : "take"} onChange={(way) => onChange({ give: way === "give" })} aria-label="Give or take" />
          <WalletChoice value={draft.wallet} onChange={(wallet) => onChange({ wallet, amount: "" })} />
        </Group>
        {draft.wallet === "COINS" ? <NumberField label="How many points" places={0} {...amount} /> : <MoneyField label="Amount" {...amount} />}
        <TextInput label="Reason" description="The customer can read it, in their history." maxLength={255} data-autofocus value={draft.reason} error={errors.reason} onChange={(event) => onChange({ reason: event.currentTarget.value })} />
        {draft.give && (
          <TextInput
            type="datetime-local" label="Lapses" description={`Empty: never. Times are those of ${formats.zone.replaceAll("_", " ")}.`} value={draft.expires}
            error={errors.expires ?? errors.expiresAt} onChange={(event) => onChange({ expires: event.currentTarget.value })}
          />
        )}
        {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit">Review</Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ReviewProps extends Omit<Props, "onClose"> {
  draft: Draft;
  amount: number;
  error: string | undefined;
  busy: boolean;
  onBack: () => void;
  onSend: () => void;
}

function Review({ customer, clawback, draft, amount, error, busy, onBack, onSend }: ReviewProps) {
  const formats = useFormats();
  const show = (value: number) => inWords(value, draft.wallet, formats);
  const before = draft.wallet === "COINS" ? customer.points.available : toMinor(customer.storeCredit.available.amount, formats.places);
  const debt = draft.wallet === "COINS" ? customer.points.debt : 0;
  const { after, owed } = outcome(before, debt, draft.give ? amount : -amount);
  const rows: [string, string, string][] = [["Available", show(before), show(after)]];
  if (owed !== debt) rows.push(["Owed", show(debt), show(owed)]);
  const refused = owed > debt && clawback !== "DEBT";
  return (
    <Stack gap="md">
      <Text size="sm">{customer.externalId}: “{draft.reason.trim()}”{draft.give && draft.expires && `, lapses ${formats.when(toInstant(draft.expires, formats.zone))}`}</Text>
      <Table>
        <Table.Thead><Table.Tr><Table.Th>Balance</Table.Th><Table.Th ta="right">Now</Table.Th><Table.Th ta="right">After</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>{rows.map(([name, now, then]) => <Table.Tr key={name}><Table.Th scope="row">{name}</Table.Th><Table.Td ta="right" className="number">{now}</Table.Td><Table.Td ta="right" className="number"><b>{then}</b></Table.Td></Table.Tr>)}</Table.Tbody>
      </Table>
      {refused && <Alert color="yellow">There is less than that: your clawback policy takes no more than the balance, so this will be refused.</Alert>}
      {error && <Alert color="red" role="alert">{error} You can press again: it is done once, whatever became of the first try.</Alert>}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onBack} disabled={busy}>Back</Button>
        <Button onClick={onSend} loading={busy} color={draft.give ? undefined : "red"} data-autofocus>{draft.give ? "Give" : "Take"} {show(amount)}</Button>
      </Group>
    </Stack>
  );
}

/** What is there after it. What is given pays a debt first; what is taken beyond the balance is owed. */
function outcome(before: number, debt: number, delta: number): { after: number; owed: number } {
  if (delta >= 0) {
    const paid = Math.min(debt, delta);
    return { after: before + delta - paid, owed: debt - paid };
  }
  return { after: Math.max(0, before + delta), owed: debt + Math.max(0, -delta - before) };
}
