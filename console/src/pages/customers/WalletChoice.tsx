import { SegmentedControl } from "@mantine/core";
import type { Wallet } from "../../gql/graphql";
import { WALLETS } from "../../lib/wallet";

export function WalletChoice({ value, onChange }: { value: Wallet; onChange: (wallet: Wallet) => void }) {
  return <SegmentedControl size="xs" data={WALLETS} value={value} onChange={(wallet) => onChange(wallet as Wallet)} aria-label="Which account" />;
}
