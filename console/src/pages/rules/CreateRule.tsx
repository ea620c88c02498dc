import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconCoins, IconPercentage } from "../../ui/icons";
import { Link } from "react-router";
import { useMay } from "../../lib/shell";

export function CreateRule() {
  if (!useMay("CONFIGURE")) return null;
  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target><Button rightSection={<IconChevronDown size={16} aria-hidden />}>Create</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/rules/new/amount" leftSection={<IconCoins size={18} stroke={1.7} aria-hidden />}>Amount discount</Menu.Item>
        <Menu.Item component={Link} to="/rules/new/percentage" leftSection={<IconPercentage size={18} stroke={1.7} aria-hidden />}>Percentage discount</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
