import { Button, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { MetricsCsvDocument } from "../gql/graphql";
import { ask } from "../lib/api";
import { useFigures } from "../lib/figures";
import { useFormats } from "../lib/format";
import { save } from "../lib/save";
import { IconChartBar, IconDownload } from "../ui/icons";
import { PageHeader } from "../ui/PageHeader";
import { Section } from "../ui/Section";
import { Empty, Loaded, Trouble } from "../ui/States";
import { LiabilityCard } from "./metrics/LiabilityCard";
import { MetricCard } from "./metrics/MetricCard";
import { csvOf, grouped, nothing, type Report } from "./metrics/groups";
import { PeriodBar } from "./metrics/PeriodBar";
import { type Chosen, useChosen, useReport, variablesOf } from "./metrics/useReport";

export function Metrics() {
  const [chosen, change] = useChosen();
  const query = useReport(chosen);
  const file = useDownload(chosen);
  return (
    <>
      <PageHeader
        title="Metrics" about="Whether the programme pays: how points are used, what they bring and what they cost."
        actions={<Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={file.isPending} disabled={chosen.why !== null} onClick={() => file.mutate(null)}>Download CSV</Button>}
      />
      <PeriodBar chosen={chosen} change={change} />
      {file.isError && <Trouble error={file.error} again={() => file.mutate(null)} />}
      {chosen.why === null && (
        <Loaded query={query}>
          {(report) => <Shown report={report} chosen={chosen} stale={query.isPlaceholderData} onDownload={(id) => file.mutate(id)} />}
        </Loaded>
      )}
      <div style={{ marginTop: "2rem" }}><LiabilityCard /></div>
    </>
  );
}

/** Saves all metrics of these days, or one of them. */
function useDownload(chosen: Chosen) {
  return useMutation({
    mutationFn: async (id: string | null) => {
      const { csv } = (await ask(MetricsCsvDocument, variablesOf(chosen))).merchant.metrics;
      const { from, to } = chosen.range;
      const name = id === null ? "metrics" : id.toLowerCase().replaceAll("_", "-");
      save(`${name}-${from}-${to}.csv`, id === null ? csv : csvOf(csv, id));
    },
  });
}

interface ShownProps {
  report: Report;
  chosen: Chosen;
  /** Of the days that were shown before; those that are wanted are on their way. */
  stale: boolean;
  onDownload: (id: string) => void;
}

function Shown({ report, chosen, stale, onDownload }: ShownProps) {
  return (
    <div aria-busy={stale} style={{ opacity: stale ? 0.55 : 1, transition: "opacity 120ms" }}>
      <About report={report} />
      {nothing(report.metrics) ? <Nothing report={report} /> : (
        <Stack gap={32} mt="lg">
          {grouped(report.metrics).map(({ title, about, metrics }) => (
            <section key={title} aria-label={title}>
              <Title order={2}>{title}</Title>
              <Text size="sm" c="dimmed" mb="sm">{about}</Text>
              <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
                {metrics.map((metric) => (
                  <MetricCard key={metric.id} metric={metric} granularity={chosen.granularity} last={report.to} compared={report.previousFrom !== null} onDownload={() => onDownload(metric.id)} />
                ))}
              </SimpleGrid>
            </section>
          ))}
        </Stack>
      )}
    </div>
  );
}

/** Which days these are, and up to when they are known. */
function About({ report: { from, to, previousFrom, previousTo, asOf } }: { report: Report }) {
  const figures = useFigures();
  const formats = useFormats();
  return (
    <Text size="sm" c="dimmed" role="status">
      <Text span inherit fw={550} c="var(--mantine-color-text)">{figures.days(from, to)}</Text>
      {previousFrom && previousTo && <>, compared with {figures.days(previousFrom, previousTo)}</>}
      {" · "}Days of {formats.zone} · {asOf ? `Counted up to ${formats.when(asOf)}` : "Nothing was counted yet"}
    </Text>
  );
}

function Nothing({ report: { asOf } }: { report: Report }) {
  const formats = useFormats();
  return (
    <div style={{ marginTop: "1rem" }}>
      <Section title="Figures" flush>
        <Empty icon={IconChartBar} title="No figures for these days">
          Figures appear after the first checkouts, within a minute. {asOf ? `Counted up to ${formats.when(asOf)}.` : "Nothing was counted yet."}
        </Empty>
      </Section>
    </div>
  );
}
