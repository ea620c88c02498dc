import { Button, Group, Menu, SegmentedControl, Switch, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { allows, type Granularity, type Period, PERIODS, type Range, trouble } from "../../lib/periods";
import { IconCalendar, IconCheck, IconChevronDown } from "../../ui/icons";
import type { Chosen, useChosen } from "./useReport";

const SIZES: { value: Granularity; label: string }[] = [
  { value: "DAY", label: "Daily" },
  { value: "WEEK", label: "Weekly" },
  { value: "MONTH", label: "Monthly" },
];

interface Props {
  chosen: Chosen;
  change: ReturnType<typeof useChosen>[1];
}

export function PeriodBar({ chosen, change }: Props) {
  const { period, range, why, granularity, compare } = chosen;
  return (
    <>
      <Group gap="sm" mb="sm">
        <Menu position="bottom-start" shadow="md" width={210}>
          <Menu.Target>
            <Button variant="default" leftSection={<IconCalendar size={16} aria-hidden />} rightSection={<IconChevronDown size={15} aria-hidden />} aria-label={`Period: ${PERIODS[period]}`}>{PERIODS[period]}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {Object.entries(PERIODS).map(([value, label]) => (
              <Menu.Item
                key={value} role="menuitemradio" aria-checked={value === period} rightSection={value === period ? <IconCheck size={15} aria-hidden /> : undefined}
                onClick={() => change({ period: value as Period, range: value === "custom" ? range : undefined })}
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <SegmentedControl
          aria-label="Each point of a trend" size="sm" value={granularity} onChange={(value) => change({ granularity: value as Granularity })}
          data={SIZES.map((size) => ({ ...size, disabled: why !== null || !allows(size.value, range) }))}
        />
        <Switch label="Compare with the days before" checked={compare} onChange={(event) => change({ compare: event.currentTarget.checked })} />
      </Group>
      {period === "custom" && <Days key={`${range.from} ${range.to}`} range={range} why={why} onChange={(days) => change({ range: days })} />}
    </>
  );
}

/** Two dates; they count when both are there. */
function Days({ range, why, onChange }: { range: Range; why: string | null; onChange: (range: Range) => void }) {
  const [from, setFrom] = useState(range.from);
  const [to, setTo] = useState(range.to);
  const [error, setError] = useState(why);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = trouble({ from, to });
    setError(found);
    if (found === null) onChange({ from, to });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Group gap="sm" align="flex-end" mb="sm">
        <TextInput type="date" label="First day" value={from} onChange={(event) => setFrom(event.currentTarget.value)} error={error !== null} aria-describedby="days-error" />
        <TextInput type="date" label="Last day" value={to} onChange={(event) => setTo(event.currentTarget.value)} error={error !== null} aria-describedby="days-error" />
        <Button type="submit" variant="default">Show</Button>
      </Group>
      <Text id="days-error" role="alert" size="sm" c="var(--mantine-color-error)" mb={error ? "sm" : 0}>{error}</Text>
    </form>
  );
}
