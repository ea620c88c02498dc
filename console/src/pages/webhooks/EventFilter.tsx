import { Checkbox, Paper, Radio, SimpleGrid, Stack, Text } from "@mantine/core";
import { grouped, type Kind } from "../../lib/webhooks";

interface Props {
  kinds: readonly Kind[];
  all: boolean;
  chosen: readonly string[];
  error?: string;
  onChange: (all: boolean, chosen: string[]) => void;
}

/** Which events an endpoint is told of: all, or those that are ticked, by what they are about. */
export function EventFilter({ kinds, all, chosen, error, onChange }: Props) {
  const turn = (names: string[], on: boolean) => onChange(false, on ? [...new Set([...chosen, ...names])] : chosen.filter((name) => !names.includes(name)));
  return (
    <Stack gap="sm">
      <Radio.Group label="Events" value={all ? "all" : "some"} onChange={(value) => onChange(value === "all", [...chosen])} error={error}>
        <Stack gap="xs" mt="xs">
          <Radio value="all" label="All events" description="Also kinds that come with later releases." />
          <Radio value="some" label="Chosen events" />
        </Stack>
      </Radio.Group>
      {!all && grouped(kinds).map(([group, members]) => {
        const names = members.map(({ name }) => name);
        const on = names.filter((name) => chosen.includes(name)).length;
        return (
          <Paper key={group} withBorder p="sm" component="fieldset" m={0}>
            <Text component="legend" className="skip">{group}</Text>
            <Checkbox
              label={<Text span size="sm" fw={600}>{group}</Text>} checked={on === names.length} indeterminate={on > 0 && on < names.length}
              aria-label={`All of ${group}`} onChange={(event) => turn(names, event.currentTarget.checked)}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" verticalSpacing="xs" mt="sm" pl="lg">
              {members.map(({ name, description }) => (
                <Checkbox
                  key={name} size="xs" label={<span className="mono">{name}</span>} description={description} checked={chosen.includes(name)}
                  onChange={(event) => turn([name], event.currentTarget.checked)}
                />
              ))}
            </SimpleGrid>
          </Paper>
        );
      })}
    </Stack>
  );
}
