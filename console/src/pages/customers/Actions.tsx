import { ActionIcon, Button, Menu, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { type CustomerPartsFragment, ExportCustomerDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { said } from "../../lib/errors";
import { download, joined } from "../../lib/exported";
import { useMay } from "../../lib/shell";
import { IconArrowMerge, IconCoins, IconDots, IconDownload, IconPencil, IconTrash } from "../../ui/icons";
import { failed, saved } from "../../ui/toast";
import { Adjust } from "./Adjust";
import { Edit } from "./Edit";
import { Erase } from "./Erase";
import { Merge } from "./Merge";

type Dialog = "" | "adjust" | "edit" | "merge" | "erase";

/** What can be done for a customer; what a role may not do is there, and says who may. */
export function Actions({ customer, clawback }: { customer: CustomerPartsFragment; clawback: string }) {
  const [open, setOpen] = useState<Dialog>("");
  const mayAdjust = useMay("ADJUST");
  const close = () => setOpen("");
  return (
    <>
      {mayAdjust && <Button leftSection={<IconCoins size={16} aria-hidden />} onClick={() => setOpen("adjust")}>Adjust points</Button>}
      <Others customer={customer} onOpen={setOpen} />
      {open === "adjust" && <Adjust customer={customer} clawback={clawback} onClose={close} />}
      {open === "edit" && <Edit customer={customer} onClose={close} />}
      {open === "merge" && <Merge customer={customer} onClose={close} />}
      {open === "erase" && <Erase customer={customer} onClose={close} />}
    </>
  );
}

function Others({ customer, onOpen }: { customer: CustomerPartsFragment; onOpen: (dialog: Dialog) => void }) {
  const mayManage = useMay("MANAGE_CUSTOMERS");
  const mayPrivacy = useMay("PRIVACY");
  const [busy, setBusy] = useState(false);

  async function take() {
    setBusy(true);
    try {
      download(`customer-${customer.externalId.replace(/[^\w.-]+/g, "_")}.json`, await exported(customer.id));
      saved("The export is in your downloads.");
    } catch (error) {
      failed(said(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Menu position="bottom-end" shadow="md" width={260}>
      <Menu.Target><ActionIcon variant="default" size={36} loading={busy} aria-label="More actions"><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Item may={mayManage} icon={<IconPencil size={16} aria-hidden />} onClick={() => onOpen("edit")}>Edit</Item>
        <Item may={mayManage} icon={<IconArrowMerge size={16} aria-hidden />} onClick={() => onOpen("merge")}>Merge into another customer</Item>
        <Item may={mayPrivacy} icon={<IconDownload size={16} aria-hidden />} onClick={() => void take()}>Export all that is kept</Item>
        <Menu.Divider />
        <Item may={mayPrivacy} danger icon={<IconTrash size={16} aria-hidden />} onClick={() => onOpen("erase")}>Erase</Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ may, icon, danger, onClick, children }: { may: boolean; icon: ReactNode; danger?: boolean; onClick: () => void; children: string }) {
  return (
    <Menu.Item disabled={!may} color={danger && may ? "red" : undefined} leftSection={icon} onClick={onClick}>
      {children}
      {!may && <Text span size="xs" display="block">An owner or a manager can do this.</Text>}
    </Menu.Item>
  );
}

/** All pages, one after the other. */
async function exported(id: string): Promise<string> {
  const pages: string[] = [];
  let after: string | null | undefined;
  do {
    const { exportCustomer: page }: { exportCustomer: { document: string; next: string | null } | null } = await ask(ExportCustomerDocument, { id, after });
    if (page === null) throw new Error("The customer is no longer there.");
    pages.push(page.document);
    after = page.next;
  } while (after !== null);
  return joined(pages);
}
