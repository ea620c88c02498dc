import { Alert, Button, Checkbox, Collapse, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { CreateSourceDocument, type OrderSourceKind } from "../../gql/graphql";
import { ask, byField } from "../../lib/api";
import { said } from "../../lib/errors";
import { KINDS, PLATFORMS, type Source } from "../../lib/sources";

interface Props {
  onClose: () => void;
  onMade: (source: Source, secret: string | null) => void;
}

export function CreateSource({ onClose, onMade }: Props) {
  const queries = useQueryClient();
  const [kind, setKind] = useState<OrderSourceKind>("SHOPIFY");
  const [name, setName] = useState("");
  const [secret, setSecret] = useState("");
  const [customers, setCustomers] = useState(true);
  const [customerPrefix, setCustomerPrefix] = useState("");
  const [orderPrefix, setOrderPrefix] = useState("");
  const [more, setMore] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const { own, brings } = PLATFORMS[kind];

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const input = { kind, name: name.trim() || undefined, secret: (own && secret.trim()) || undefined, createCustomers: customers, customerPrefix, orderPrefix };
      const { createOrderSource: done } = await ask(CreateSourceDocument, { input });
      const refused = byField(done.userErrors);
      setErrors(refused);
      if (refused.customerPrefix || refused.orderPrefix) setMore(true);
      if (done.orderSource !== null) {
        onMade(done.orderSource, done.secret);
        void queries.invalidateQueries();
      }
    } catch (failed) {
      setErrors({ "": said(failed) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title="Add a source" size="lg" closeOnClickOutside={false} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Radio.Group label="What tells of the orders" value={kind} onChange={(value) => setKind(value as OrderSourceKind)}>
            <Stack gap="xs" mt="xs">{KINDS.map((each) => <Radio key={each} value={each} label={PLATFORMS[each].name} description={PLATFORMS[each].about} />)}</Stack>
          </Radio.Group>
          <TextInput
            label="Name" description="The last part of its address: small letters, digits and hyphens. It cannot be changed later." placeholder={kind.toLowerCase()}
            value={name} error={errors.name} onChange={(event) => setName(event.currentTarget.value)}
          />
          {own && (
            <TextInput
              label={own} autoComplete="off" value={secret} error={errors.secret} onChange={(event) => setSecret(event.currentTarget.value)}
              description={brings ? "The store signs with it. If there is none yet, leave this empty and enter it later." : "Left empty, one is made here and shown once."}
            />
          )}
          <Button variant="subtle" size="compact-sm" style={{ alignSelf: "flex-start" }} aria-expanded={more} onClick={() => setMore(!more)}>{more ? "Fewer settings" : "More settings"}</Button>
          <Collapse expanded={more}>
            <Stack gap="md">
              <Checkbox label="Make customers who are not known yet" description="A customer whom the shop knows and the gateway does not is made with the order." checked={customers} onChange={(event) => setCustomers(event.currentTarget.checked)} />
              <TextInput label="Customer prefix" description="Goes before the shop's customer ids: custom_website- and 26 make custom_website-26." value={customerPrefix} error={errors.customerPrefix} onChange={(event) => setCustomerPrefix(event.currentTarget.value)} />
              <TextInput label="Order prefix" description="Goes before the shop's order ids. Give each shop one where two may count alike." value={orderPrefix} error={errors.orderPrefix} onChange={(event) => setOrderPrefix(event.currentTarget.value)} />
            </Stack>
          </Collapse>
          {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={busy}>Add source</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
