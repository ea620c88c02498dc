import { Button, Group, Stack, Text, ThemeIcon } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";
import { Link } from "react-router";
import { IntegrationsDocument, type IntegrationsQuery } from "../gql/graphql";
import { ask } from "../lib/api";
import { IconInbox, type IconProps, IconShoppingCart, IconWebhook } from "../ui/icons";
import { PageHeader } from "../ui/PageHeader";
import { Section } from "../ui/Section";
import { Loaded } from "../ui/States";
import { Status } from "../ui/Status";

type Merchant = IntegrationsQuery["merchant"];

export function Integrations() {
  const query = useQuery({ queryKey: ["integrations"], queryFn: () => ask(IntegrationsDocument) });
  return (
    <>
      <PageHeader title="Integrations" about="Where your customers can use their points, and which of your systems hear of it." />
      <Loaded query={query} rows={2}>{({ merchant }) => <Cards merchant={merchant} />}</Loaded>
    </>
  );
}

function Cards({ merchant }: { merchant: Merchant }) {
  const { enabled } = merchant.customCheckout;
  return (
    <Stack gap="lg">
      <Section title="Third-party checkouts" about="For shops that run their own checkout or use one that is not the storefront's." flush>
        <Card
          Icon={IconShoppingCart} name="Custom Checkout" about="Let customers use points in the checkout that you build yourself, by API."
          state={<Status tone={enabled ? "good" : "off"}>{enabled ? "On" : "Off"}</Status>}
          action={<Button component={Link} to="/integrations/custom-checkout" variant="default">Configure</Button>}
        />
      </Section>
      <Section title="Your systems" about="What comes in from your shop, and what goes out to the rest." flush>
        <Card
          Icon={IconInbox} name="Orders" about="Shopify, WooCommerce, commercetools or your backend tell of orders by themselves." state={<Orders merchant={merchant} />}
          action={<Button component={Link} to="/order-sources" variant="default">Open order sources</Button>}
        />
        <div style={{ borderTop: "1px solid var(--card-border)" }}>
          <Card
            Icon={IconWebhook} name="Webhooks" about="Your systems are told what happens to points, by a signed POST for each event." state={<Hooks merchant={merchant} />}
            action={<Button component={Link} to="/webhooks" variant="default">Open webhooks</Button>}
          />
        </div>
      </Section>
    </Stack>
  );
}

function Card({ Icon, name, about, state, action }: { Icon: ComponentType<IconProps>; name: string; about: string; state: ReactNode; action: ReactNode }) {
  return (
    <Group p="lg" gap="md" wrap="nowrap" align="flex-start">
      <ThemeIcon size={44} variant="light" radius="md" aria-hidden><Icon size={24} stroke={1.6} /></ThemeIcon>
      <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
        <Group gap="sm"><Text fw={600}>{name}</Text>{state}</Group>
        <Text size="sm" c="dimmed">{about}</Text>
        <div style={{ marginTop: 6 }}>{action}</div>
      </Stack>
    </Group>
  );
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

function Orders({ merchant: { orderSources, dead } }: { merchant: Merchant }) {
  if (orderSources.length === 0) return <Status tone="off">Not set up</Status>;
  return (
    <>
      <Status tone="good">{counted(orderSources.length, "source")}</Status>
      {dead.edges.length > 0 && <Status tone="bad">{dead.edges.length}{dead.pageInfo.hasNextPage ? "+" : ""} given up</Status>}
    </>
  );
}

function Hooks({ merchant: { webhookEndpoints } }: { merchant: Merchant }) {
  if (webhookEndpoints.length === 0) return <Status tone="off">Not set up</Status>;
  const on = webhookEndpoints.filter(({ enabled }) => enabled);
  const failing = on.filter(({ failingSince }) => failingSince !== null).length;
  return (
    <>
      <Status tone={on.length ? "good" : "off"}>{on.length ? `${counted(on.length, "endpoint")} on` : "Off"}</Status>
      {failing > 0 && <Status tone="warn">{failing} failing</Status>}
    </>
  );
}
