import { Anchor, Button, Group, Progress, SimpleGrid, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconCheck, IconChevronRight } from "../ui/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { HomeDocument, type HomeQuery } from "../gql/graphql";
import { ask } from "../lib/api";
import { useFormats } from "../lib/format";
import { minimumText } from "../lib/minimum";
import { useShell } from "../lib/shell";
import { PageHeader } from "../ui/PageHeader";
import { Section } from "../ui/Section";
import { Loaded } from "../ui/States";
import { Status } from "../ui/Status";
import { Overview } from "./home/Overview";

interface Step {
  done: boolean;
  title: string;
  about: string;
  to: string;
  action: string;
  optional?: boolean;
}

function steps({ merchant: { customCheckout: checkout, staff } }: HomeQuery): Step[] {
  const page = "/integrations/custom-checkout";
  return [
    { done: checkout.rules.length > 0, title: "Create a redemption rule", about: "Say what points are worth, and the most discount at once.", to: "/rules", action: "Create a rule" },
    { done: checkout.secretWebhookIds.length > 0, title: "Make a Secret Webhook ID", about: "Your checkout's backend calls the gateway with it.", to: page, action: "Make one" },
    { done: checkout.secretWebhookIdLastUsedAt !== null, title: "Connect your checkout", about: "A developer copies the snippet and the Secret Webhook ID. This is done when the first call has come.", to: page, action: "See the snippets" },
    { done: checkout.enabled, title: "Switch Custom Checkout on", about: "From then on shoppers can use their points.", to: page, action: "Switch on" },
    { done: checkout.minimumPayment.kind !== "NONE", title: "Decide on a minimum payment", about: "Without one, enough points make an order free.", to: page, action: "Decide", optional: true },
    { done: checkout.allowedOrigins.length > 0, title: "Name your storefront's address", about: "Only its pages may then call from a browser.", to: page, action: "Name it", optional: true },
    { done: staff.length > 1, title: "Invite a colleague", about: "Two owners are better than one.", to: "/staff", action: "Invite", optional: true },
  ];
}

export function Home() {
  const { viewer } = useShell();
  const query = useQuery({ queryKey: ["home"], queryFn: () => ask(HomeDocument) });
  return (
    <>
      <PageHeader title={`Hello, ${viewer.staff.name.split(" ")[0]}`} about="How your checkout redemption does, and how it is set up." />
      <Loaded query={query}>{(data) => <Setup data={data} />}</Loaded>
    </>
  );
}

function Setup({ data }: { data: HomeQuery }) {
  const all = steps(data);
  const needed = all.filter((step) => !step.optional);
  const done = needed.filter((step) => step.done).length;
  const live = done === needed.length;
  return (
    <Stack gap="lg">
      {live && <Overview />}
      <Figures data={data} />
      <Section
        title="Setup" flush about={live ? "Everything that is needed is done." : `${done} of ${needed.length} steps done`}
        action={<Progress value={(100 * done) / needed.length} w={120} mt={8} aria-label={`${done} of ${needed.length} steps done`} color={live ? "teal" : undefined} />}
      >
        <ol style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {all.map((step, at) => (
            <li key={step.title} style={{ borderTop: at ? "1px solid var(--card-border)" : undefined }}>
              <Group px="lg" py="md" wrap="nowrap" gap="md">
                <ThemeIcon size={26} radius="xl" variant={step.done ? "filled" : "default"} color={step.done ? "teal.8" : "gray"} aria-label={step.done ? "Done" : "Open"} role="img">
                  {step.done ? <IconCheck size={15} stroke={2.5} aria-hidden /> : <Text size="xs" fw={600} c="dimmed" aria-hidden>{at + 1}</Text>}
                </ThemeIcon>
                <div style={{ flex: 1, minWidth: 0 }}>
                  <Group gap="xs">
                    {step.done ? <Text fw={550} size="sm">{step.title}</Text> : <Anchor component={Link} to={step.to} fw={550} size="sm" c="inherit">{step.title}</Anchor>}
                    {step.optional && !step.done && <Status tone="off">Optional</Status>}
                  </Group>
                  <Text size="sm" c="dimmed">{step.about}</Text>
                </div>
                {!step.done && (
                  <Button component={Link} to={step.to} variant="default" size="xs" visibleFrom="xs" rightSection={<IconChevronRight size={14} aria-hidden />}>
                    {step.action}
                  </Button>
                )}
              </Group>
            </li>
          ))}
        </ol>
      </Section>
    </Stack>
  );
}

function Figures({ data: { merchant: { customCheckout: checkout } } }: { data: HomeQuery }) {
  const formats = useFormats();
  const figure = (name: string, value: string, about: string, color?: string) => (
    <div className="card" key={name}>
      <Stack gap={2} p="lg">
        <Text size="sm" c="dimmed">{name}</Text>
        <Group gap={8}>
          {color && <span style={{ width: 9, height: 9, borderRadius: 9, background: color }} aria-hidden />}
          <Text fz="1.25rem" fw={650} className="number">{value}</Text>
        </Group>
        <Text size="xs" c="dimmed">{about}</Text>
      </Stack>
    </div>
  );
  const live = checkout.rules.length;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md">
      {figure("Custom Checkout", checkout.enabled ? "On" : "Off", checkout.enabled ? "Shoppers can use points" : "Nobody can use points", checkout.enabled ? "#12a37a" : "#b6bfcc")}
      {figure("Live rules", String(live), live === 0 ? "Points are worth nothing yet" : live === 1 ? checkout.rules[0]!.rule.name : "The best one for the cart is used")}
      {figure("Minimum payment", minimumText(checkout.minimumPayment, formats), "What the customer pays at least")}
      {figure("Last call of your backend", formats.ago(checkout.secretWebhookIdLastUsedAt), "With the Secret Webhook ID")}
    </SimpleGrid>
  );
}
