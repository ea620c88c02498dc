import { ActionIcon, Button, Table, TextInput } from "@mantine/core";
import type { Errors } from "../../lib/draft";
import { NEW_ROW, type TierRow, type TiersDraft } from "../../lib/tiers";
import { MoneyField, NumberField } from "../../ui/Fields";
import { IconPlus, IconTrash, IconTrophy } from "../../ui/icons";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/States";

const MOST = 20;

interface Props {
  draft: TiersDraft;
  onChange: (rows: TierRow[]) => void;
  errors: Errors;
  disabled: boolean;
}

/** A row for each tier, the lowest first; what is wrong stands in its row. */
export function TierTable({ draft: { measure, rows }, onChange, errors, disabled }: Props) {
  const write = (row: number, change: Partial<TierRow>) => onChange(rows.map((old, at) => (at === row ? { ...old, ...change } : old)));
  const add = <Button size="xs" variant="default" style={{ flexShrink: 0 }} leftSection={<IconPlus size={15} aria-hidden />} disabled={disabled || rows.length >= MOST} onClick={() => onChange([...rows, NEW_ROW])}>Add a tier</Button>;
  if (rows.length === 0) {
    return (
      <Section title="Tiers" flush>
        <Empty icon={IconTrophy} title="There are no tiers" action={add}>Customers keep the tier that you set on them by hand or by API. Add tiers, and the gateway keeps them by what customers order.</Empty>
      </Section>
    );
  }
  return (
    <Section title="Tiers" about="The lowest first. Who is below the first one has no tier." flush action={add}>
      <div className="table-scroll">
        <Table className="tiers" verticalSpacing="xs" horizontalSpacing="md" miw={600}>
          <Table.Thead><Table.Tr><Table.Th>Name</Table.Th><Table.Th>From</Table.Th><Table.Th>Multiplies spending by</Table.Th><Table.Th><span className="skip">Actions</span></Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {rows.map((row, at) => {
              const threshold = { label: `From, tier ${at + 1}`, hideLabel: true, value: row.threshold, onChange: (value: string) => write(at, { threshold: value }), error: errors[`${at}.threshold`], disabled };
              return (
                <Table.Tr key={at}>
                  <Table.Td><TextInput aria-label={`Name, tier ${at + 1}`} value={row.name} error={errors[`${at}.name`]} onChange={(event) => write(at, { name: event.currentTarget.value })} autoComplete="off" maxLength={255} disabled={disabled} /></Table.Td>
                  <Table.Td w={210}>{measure === "POINTS_EARNED" ? <NumberField places={0} unit="points" {...threshold} /> : <MoneyField {...threshold} />}</Table.Td>
                  <Table.Td w={190}><NumberField label={`Multiplier, tier ${at + 1}`} hideLabel places={2} unit="×" value={row.multiplier} onChange={(value) => write(at, { multiplier: value })} error={errors[`${at}.multiplier`]} disabled={disabled} /></Table.Td>
                  <Table.Td w={56} ta="right"><ActionIcon variant="subtle" color="gray" size="lg" disabled={disabled} aria-label={`Remove ${row.name || `tier ${at + 1}`}`} onClick={() => onChange(rows.filter((_, other) => other !== at))}><IconTrash size={17} aria-hidden /></ActionIcon></Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
    </Section>
  );
}
