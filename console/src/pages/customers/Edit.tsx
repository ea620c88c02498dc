import { Alert, Button, Group, Modal, Stack, TagsInput, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ChangeCustomerDocument, type CustomerPartsFragment } from "../../gql/graphql";
import { ask, byField } from "../../lib/api";
import { said } from "../../lib/errors";
import { saved } from "../../ui/toast";

/** Phone, e-mail, birthday and tags; only what was changed is sent. */
export function Edit({ customer, onClose }: { customer: CustomerPartsFragment; onClose: () => void }) {
  const queries = useQueryClient();
  const [texts, setTexts] = useState({ phone: customer.phone ?? "", email: customer.email ?? "", birthday: customer.birthday ?? "" });
  const [tags, setTags] = useState(customer.tags);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const field = (name: keyof typeof texts) => ({
    value: texts[name], error: errors[name], autoComplete: "off", onChange: (event: { currentTarget: { value: string } }) => setTexts({ ...texts, [name]: event.currentTarget.value }),
  });

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const changed = Object.fromEntries(Object.entries(texts).filter(([name, text]) => text.trim() !== (customer[name as keyof typeof texts] ?? "")).map(([name, text]) => [name, text.trim()]));
    const input = { externalId: customer.externalId, ...changed, ...(tags.join("\n") === customer.tags.join("\n") ? {} : { tags }) };
    try {
      const { upsertCustomer: done } = await ask(ChangeCustomerDocument, { input });
      setErrors(byField(done.userErrors));
      if (done.customer === null) return;
      await queries.invalidateQueries({ queryKey: ["customer", customer.id] });
      void queries.invalidateQueries({ queryKey: ["customers"] });
      saved("The customer is changed.");
      onClose();
    } catch (failed) {
      setErrors({ "": said(failed) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title={`Edit ${customer.externalId}`} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput label="Phone" type="tel" data-autofocus description="Empty: none. As it is dialled in your country, or with + and the calling code." {...field("phone")} />
          <TextInput label="E-mail address" type="email" description="Empty: none." {...field("email")} />
          <TextInput label="Birthday" placeholder="1990-04-23" description="Year, month and day, or 04-23 without the year. Empty: none." {...field("birthday")} />
          <TagsInput label="Tags" description="For rules that are for some customers only." value={tags} onChange={setTags} error={errors.tags} splitChars={[",", "|"]} clearable placeholder={tags.length ? "" : "Type and press Enter"} />
          {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={busy}>Save</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
