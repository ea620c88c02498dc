import { ActionIcon, Group, Text, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { LiabilityDocument, type LiabilityQuery } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useFigures } from "../../lib/figures";
import { monthsOf } from "../../lib/periods";
import { save } from "../../lib/save";
import { IconCoins, IconDownload } from "../../ui/icons";
import { Section } from "../../ui/Section";
import { Empty, Loaded } from "../../ui/States";
import { Picture, Rows, Switch } from "./Picture";

type Liability = LiabilityQuery["merchant"]["liability"];
const HEIGHT = 230;
const MOST_MONTHS = 36;
const NAME = "Points by the month in which they expire";

export function LiabilityCard() {
  const query = useQuery({ queryKey: ["liability"], queryFn: async () => (await ask(LiabilityDocument)).merchant.liability });
  const [table, setTable] = useState(false);
  return (
    <Section
      title="Points liability" about="Points that customers have, by the month in which they expire. As of now, whatever days are chosen above."
      action={query.data && query.data.total > 0 && (
        <Group gap={0} wrap="nowrap">
          <Switch name={NAME} table={table} onChange={setTable} />
          <Tooltip label="Download as CSV">
            <ActionIcon variant="subtle" color="gray" aria-label={`Download as CSV: ${NAME}`} onClick={() => save("points-liability.csv", csv(query.data))}><IconDownload size={17} aria-hidden /></ActionIcon>
          </Tooltip>
        </Group>
      )}
    >
      <Loaded query={query} rows={1}>{(found) => <Owed found={found} table={table} />}</Loaded>
    </Section>
  );
}

function Owed({ found, table }: { found: Liability; table: boolean }) {
  const figures = useFigures();
  if (found.total === 0) return <Empty icon={IconCoins} title="Nobody has points">As soon as customers have some, this shows when they expire.</Empty>;
  const money = (worth: { amount: string } | null) => (worth === null ? "–" : figures.full(worth.amount, "MONEY"));
  const months = found.byMonth;
  const most = months.reduce<Liability["byMonth"][number] | null>((a, b) => (a === null || b.points > a.points ? b : a), null);
  return (
    <>
      <Group gap={36} mb="md">
        <Figure name="All points" value={figures.points(found.total)} more={found.worth ? `worth up to ${money(found.worth)}` : "No rule says what they are worth"} />
        <Figure name="Never expiring" value={figures.points(found.neverExpiring)} more={`${Math.round((100 * found.neverExpiring) / found.total)}% of all`} />
      </Group>
      {table || most === null ? (
        <Rows
          name={NAME} height={HEIGHT} heads={["Month", "Points", "Worth"]}
          rows={[...months.map(({ month, points, worth }) => [figures.month(month), figures.points(points), money(worth)]), ["Never expiring", figures.points(found.neverExpiring), ""], ["All", figures.points(found.total), money(found.worth)]]}
        />
      ) : (
        <Picture
          spots={spotsOf(months)} shape="bars" height={HEIGHT} whole tick={(month) => figures.tick(month, true)} short={figures.shortPoints}
          label={({ name, value }) => ({ title: figures.month(name), text: `${figures.points(value ?? 0)} points, ${money(months.find((each) => each.month === name)?.worth ?? null)}` })}
          says={`${NAME}: ${months.length} months, the most ${figures.points(most.points)} in ${figures.month(most.month)}.`}
        />
      )}
    </>
  );
}

/** A bar for each month, also for one in which nothing expires; far away only for those in which something does. */
function spotsOf(months: Liability["byMonth"]) {
  const all = monthsOf(months[0]!.month, months.at(-1)!.month);
  const there = new Map(months.map(({ month, points }) => [month, points]));
  return (all.length <= MOST_MONTHS ? all : [...there.keys()]).map((name) => ({ name, value: there.get(name) ?? 0 }));
}

function Figure({ name, value, more }: { name: string; value: string; more: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed">{name}</Text>
      <Text fz="1.625rem" lh={1.25} fw={650} className="number">{value}</Text>
      <Text size="xs" c="dimmed" className="number">{more}</Text>
    </div>
  );
}

function csv({ byMonth, neverExpiring }: Liability): string {
  const lines = byMonth.map(({ month, points, worth }) => `${month.slice(0, 7)},${points},${worth?.amount ?? ""}`);
  return ["month,points,worth", ...lines, `never,${neverExpiring},`, ""].join("\r\n");
}
