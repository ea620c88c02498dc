import { List, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { type CustomerPartsFragment, EraseCustomerDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { Confirm } from "../../ui/Confirm";
import { saved } from "../../ui/toast";

/** Forgets a customer, for whoever writes its id. */
export function Erase({ customer, onClose }: { customer: CustomerPartsFragment; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [text, setText] = useState("");

  async function erase(): Promise<string | void> {
    if (text.trim() !== customer.externalId) return `Write ${customer.externalId} to say that you mean this customer.`;
    const { eraseCustomer: done } = await ask(EraseCustomerDocument, { id: customer.id });
    if (!done.erased) return done.userErrors[0]?.message ?? "The customer is not erased.";
    queries.removeQueries({ queryKey: ["customer"] });
    queries.removeQueries({ queryKey: ["customers"] });
    saved("The customer is erased.");
    navigate("/customers", { replace: true });
  }

  return (
    <Confirm opened onClose={onClose} title="Erase this customer?" action="Erase for good" danger onConfirm={erase}>
      <Stack gap="sm">
        <Text size="sm">This cannot be undone.</Text>
        <List size="sm" spacing={4}>
          <List.Item>All points and store credit are taken, open holds are released, debts are forgiven.</List.Item>
          <List.Item>Id, phone, e-mail, tags, tier and birthday are forgotten, also of whoever was merged into this customer.</List.Item>
          <List.Item>Journal, redemptions and orders stay, without a name, so that your books go on to add up. What your own ids of carts and orders say of a person is kept in your shop.</List.Item>
        </List>
        <TextInput label="The customer's id" description={<>Write <b>{customer.externalId}</b></>} autoComplete="off" data-autofocus value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </Stack>
    </Confirm>
  );
}
