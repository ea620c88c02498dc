import { Button, Menu } from "@mantine/core";
import { Link } from "react-router";
import type { EarningRuleKind } from "../../gql/graphql";
import { ALL_KINDS, EARNING_KINDS } from "../../lib/earning";
import { useMay } from "../../lib/shell";
import { IconCake, IconChevronDown, IconCoins, IconGift, IconSparkles, IconUserPlus } from "../../ui/icons";

const ICONS: Record<EarningRuleKind, typeof IconCoins> = { ORDER: IconCoins, FIRST_ORDER: IconGift, CAMPAIGN: IconSparkles, SIGN_UP: IconUserPlus, BIRTHDAY: IconCake };

export function CreateEarningRule() {
  if (!useMay("CONFIGURE")) return null;
  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target><Button rightSection={<IconChevronDown size={16} aria-hidden />}>Create</Button></Menu.Target>
      <Menu.Dropdown>
        {ALL_KINDS.map((kind) => {
          const { name, path } = EARNING_KINDS[kind];
          const Icon = ICONS[kind];
          return <Menu.Item key={kind} component={Link} to={`/earning/new/${path}`} leftSection={<Icon size={18} stroke={1.7} aria-hidden />}>{name}</Menu.Item>;
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
