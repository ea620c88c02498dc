/** Endpoints and their deliveries as the pages speak of them. */
import type { DeliveriesQuery, EndpointPartsFragment, WebhookDeliveryState, WebhooksQuery } from "../gql/graphql";
import type { Tone } from "../ui/Status";

export type Endpoint = EndpointPartsFragment;
export type Kind = WebhooksQuery["merchant"]["webhookEventKinds"][number];
type Found = NonNullable<DeliveriesQuery["merchant"]["webhookEndpoint"]>;
export type Delivery = Found["deliveries"]["edges"][number]["node"];

export const STATES: Record<WebhookDeliveryState, { word: string; tone: Tone }> = {
  PENDING: { word: "Waiting", tone: "info" },
  DELIVERED: { word: "Delivered", tone: "good" },
  FAILED: { word: "Failed", tone: "bad" },
  CANCELLED: { word: "Cancelled", tone: "off" },
};

/** A delivery that is tried again after a failure looks like one. */
export function stateOf(delivery: { state: WebhookDeliveryState; attemptCount: number }): { word: string; tone: Tone } {
  if (delivery.state === "PENDING" && delivery.attemptCount > 0) return { word: "Trying again", tone: "warn" };
  return STATES[delivery.state];
}

const GROUPS: Record<string, string> = { redemption: "Redemptions", points: "Points", customer: "Customers", tier: "Tiers" };

/** The kinds of event by what they are about, in the order in which the gateway tells them. */
export function grouped(kinds: readonly Kind[]): [string, Kind[]][] {
  const found = new Map<string, Kind[]>();
  for (const kind of kinds) {
    const about = kind.name.split(".")[0]!;
    const group = GROUPS[about] ?? about.charAt(0).toUpperCase() + about.slice(1);
    found.set(group, [...(found.get(group) ?? []), kind]);
  }
  return [...found];
}

export const without = (url: string): string => url.replace(/^https?:\/\//, "");

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What was answered, in a few words. */
export function answered({ status, error }: { status: number | null; error: string | null }): string {
  return status === null ? capital(error ?? "no answer") : `HTTP ${status}`;
}

/** Whether it is of the go-live test: its body says so beside its type. */
export function isTrial(body: string): boolean {
  try {
    return (JSON.parse(body) as { sandbox?: unknown }).sandbox === true;
  } catch {
    return false;
  }
}

/** How long something took. */
export const took = (milliseconds: number): string => (milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`);
