import { Button, Group, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconShoppingCart } from "../ui/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { CheckoutDocument } from "../gql/graphql";
import { ask } from "../lib/api";
import { PageHeader } from "../ui/PageHeader";
import { Section } from "../ui/Section";
import { Loaded } from "../ui/States";
import { Status } from "../ui/Status";

export function Integrations() {
  const query = useQuery({ queryKey: ["checkout"], queryFn: () => ask(CheckoutDocument) });
  return (
    <>
      <PageHeader title="Integrations" about="Where your customers can use their points." />
      <Loaded query={query} rows={1}>
        {({ merchant: { customCheckout: { enabled } } }) => (
          <Section title="Third-party checkouts" about="For shops that run their own checkout or use one that is not the storefront's." flush>
            <Group p="lg" gap="md" wrap="nowrap" align="flex-start">
              <ThemeIcon size={44} variant="light" radius="md" aria-hidden><IconShoppingCart size={24} stroke={1.6} /></ThemeIcon>
              <Stack gap={4} style={{ flex: 1, minWidth: 0 }}>
                <Group gap="sm">
                  <Text fw={600}>Custom Checkout</Text>
                  <Status tone={enabled ? "good" : "off"}>{enabled ? "On" : "Off"}</Status>
                </Group>
                <Text size="sm" c="dimmed">Let customers use points in the checkout that you build yourself, by API.</Text>
                <div>
                  <Button component={Link} to="/integrations/custom-checkout" variant="default" mt="xs">Configure</Button>
                </div>
              </Stack>
            </Group>
          </Section>
        )}
      </Loaded>
    </>
  );
}
