import { Anchor, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import type { MetricId } from "../../gql/graphql";
import { useFigures } from "../../lib/figures";
import { useFormats } from "../../lib/format";
import { rangeOf, today } from "../../lib/periods";
import { IconChevronRight } from "../../ui/icons";
import { Sparkline } from "../../ui/Sparkline";
import { Loaded } from "../../ui/States";
import { Delta } from "../metrics/Delta";
import { type Metric, nothing } from "../metrics/groups";
import { useReport } from "../metrics/useReport";

const SHOWN: `${MetricId}`[] = ["REPEAT_REVENUE", "CHECKOUT_REDEMPTION_USAGE", "AVERAGE_ORDER_VALUE_REDEEMERS", "DISCOUNT_COST"];

/** How the last 30 days went, in four figures. */
export function Overview() {
  const { zone } = useFormats();
  const range = rangeOf("30d", today(zone), { from: "", to: "" });
  const query = useReport({ period: "30d", range, why: null, granularity: "DAY", compare: true });
  return (
    <section aria-label="Last 30 days">
      <Group justify="space-between" align="baseline" mb="sm">
        <Title order={2}>Last 30 days</Title>
        <Anchor component={Link} to="/metrics" size="sm">All metrics <IconChevronRight size={13} aria-hidden style={{ verticalAlign: "-2px" }} /></Anchor>
      </Group>
      <Loaded query={query} rows={1}>
        {({ metrics }) => (nothing(metrics)
          ? <div className="card card-body"><Text size="sm" c="dimmed">Figures appear here after the first checkouts, within a minute.</Text></div>
          : (
            <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md">
              {SHOWN.flatMap((id) => metrics.filter((each) => each.id === id)).map((metric) => <Card key={metric.id} metric={metric} />)}
            </SimpleGrid>
          ))}
      </Loaded>
    </section>
  );
}

function Card({ metric }: { metric: Metric }) {
  const figures = useFigures();
  return (
    <div className="card">
      <Stack gap={6} p="lg" h="100%" justify="space-between">
        <Text size="sm" c="dimmed">{metric.name}</Text>
        <Text fz="1.375rem" lh={1.25} fw={650} className="number">{figures.full(metric.value, metric.unit)}</Text>
        <Sparkline values={metric.points.map(({ value }) => (value === null ? null : Number(value)))} />
        <Delta of={metric} short />
      </Stack>
    </div>
  );
}
