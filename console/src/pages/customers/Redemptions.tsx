import { Button, Group, Text, UnstyledButton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { CustomerRedemptionsDocument, type CustomerRedemptionsQuery, type RedemptionStatus } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { type Formats, useFormats } from "../../lib/format";
import { useMay } from "../../lib/shell";
import { IconChevronDown, IconDiscount } from "../../ui/icons";
import { More } from "../../ui/More";
import { Pages } from "../../ui/Pages";
import { Section } from "../../ui/Section";
import { Empty } from "../../ui/States";
import { Status, type Tone } from "../../ui/Status";
import { Refund } from "./Refund";
import { Release } from "./Release";
import { Trace } from "./Trace";

export type Redemption = NonNullable<CustomerRedemptionsQuery["customer"]>["redemptions"]["edges"][number]["node"];

const STATES: Record<RedemptionStatus, { word: string; tone: Tone }> = {
  HELD: { word: "Held", tone: "warn" },
  CAPTURED: { word: "Captured", tone: "good" },
  RELEASED: { word: "Released", tone: "off" },
  EXPIRED: { word: "Ran out", tone: "off" },
};

/** What points were used for, and why so many. Where the customer is erased there is nobody to give back to. */
export function Redemptions({ id, locked }: { id: string; locked: boolean }) {
  const query = useInfiniteQuery({
    queryKey: ["customer", id, "redemptions"],
    queryFn: ({ pageParam }) => ask(CustomerRedemptionsDocument, { id, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ customer }) => (customer?.redemptions.pageInfo.hasNextPage ? customer.redemptions.pageInfo.endCursor : undefined),
  });
  return (
    <Section title="Redemptions" about="The newest first. Open one to see why it is as large as it is." flush>
      <Pages query={query}>
        {(pages) => {
          const found = pages.flatMap(({ customer }) => customer?.redemptions.edges.map(({ node }) => node) ?? []);
          if (found.length === 0) return <Empty icon={IconDiscount} title="No points were used yet">A redemption comes when the checkout applies points to a cart.</Empty>;
          return (
            <ol style={{ listStyle: "none", margin: 0, padding: 0 }}>
              {found.map((each, at) => <li key={each.id} style={{ borderTop: at ? "1px solid var(--card-border)" : undefined }}><Row redemption={each} locked={locked} /></li>)}
            </ol>
          );
        }}
      </Pages>
      <More query={query} label="Show older ones" />
    </Section>
  );
}

function Row({ redemption, locked }: { redemption: Redemption; locked: boolean }) {
  const formats = useFormats();
  const id = useId();
  const [open, setOpen] = useState(false);
  const { word, tone } = STATES[redemption.status];
  return (
    <>
      <Group px="lg" py="sm" gap="md" wrap="nowrap" align="flex-start">
        <UnstyledButton onClick={() => setOpen(!open)} aria-expanded={open} aria-controls={id} style={{ flex: 1, minWidth: 0 }}>
          <Group gap="sm" wrap="nowrap" align="flex-start">
            <IconChevronDown size={16} aria-hidden style={{ flexShrink: 0, marginTop: 3, transform: open ? undefined : "rotate(-90deg)", transition: "transform 120ms" }} />
            <div style={{ minWidth: 0 }}>
              <Group gap="xs">
                <Text size="sm" fw={600} className="number">{used(redemption, formats)}</Text>
                <Status tone={tone}>{word}</Status>
                {back(redemption) && <Status tone="info">{back(redemption)}</Status>}
              </Group>
              <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>{where(redemption, formats)}</Text>
            </div>
          </Group>
        </UnstyledButton>
        {!locked && <Act redemption={redemption} />}
      </Group>
      <div id={id} hidden={!open} style={{ padding: "0 1.25rem 1.25rem 2.9rem" }}>{open && <Trace redemption={redemption} />}</div>
    </>
  );
}

function Act({ redemption }: { redemption: Redemption }) {
  const [asking, setAsking] = useState<"" | "release" | "refund">("");
  const mayRelease = useMay("RELEASE");
  const mayRefund = useMay("REFUND");
  const left = redemption.capturedPoints - redemption.refundedPoints;
  const close = () => setAsking("");
  return (
    <>
      {mayRelease && redemption.status === "HELD" && <Button size="compact-sm" variant="default" onClick={() => setAsking("release")}>Release</Button>}
      {mayRefund && redemption.status === "CAPTURED" && left > 0 && <Button size="compact-sm" variant="default" onClick={() => setAsking("refund")}>Refund</Button>}
      {asking === "release" && <Release redemption={redemption} onClose={close} />}
      {asking === "refund" && <Refund redemption={redemption} onClose={close} />}
    </>
  );
}

function used(redemption: Redemption, formats: Formats): string {
  const credits = Number(redemption.credits.amount) > 0 ? `${formats.money(redemption.credits.amount)} credit` : "";
  const points = redemption.points > 0 ? `${formats.points(redemption.points)} ${redemption.points === 1 ? "point" : "points"}` : "";
  return `${[points, credits].filter(Boolean).join(" and ")} for ${formats.money(redemption.discount.amount)}`;
}

function back({ capturedPoints, refundedPoints }: Redemption): string {
  if (refundedPoints === 0) return "";
  return refundedPoints === capturedPoints ? "All given back" : `${refundedPoints} given back`;
}

const REASONS: Record<string, string> = {
  SUPERSEDED: "another one took its place", REQUESTED: "as asked", HOLD_RAN_OUT: "its time was over", LATE: "the order came late", ERASED: "the customer was erased", MERGED: "the customer was merged",
};

function where(redemption: Redemption, formats: Formats): string {
  const cart = redemption.order ? `Order ${redemption.order.id}` : `Cart ${redemption.cartId}`;
  const reason = redemption.closeReason && (REASONS[redemption.closeReason] ?? redemption.closeReason.toLowerCase());
  const held = redemption.status === "HELD" && `held until ${formats.when(redemption.expiresAt)}`;
  return [cart, formats.when(redemption.createdAt), held, reason].filter(Boolean).join(" · ");
}
