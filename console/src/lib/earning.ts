/** An earning rule as it is typed. What it gives is the gateway's to say, not worked out here. */
import type { EarningRuleKind, EarningRuleInput, EarningRulePartsFragment } from "../gql/graphql";
import { type Errors, type Facts, type Input, plain, reader, teller } from "./draft";
import { type Duration, durationOf, durationText, NO_TIME, secondsOf } from "./duration";
import { type Formats, seconds, toLocal } from "./format";

export interface EarningDraft {
  name: string;
  kind: EarningRuleKind;
  points: string;
  per: string;
  tierMultiplied: boolean;
  minimumOrder: string;
  productIds: string[];
  collectionIds: string[];
  excludedProductIds: string[];
  excludedCollectionIds: string[];
  tiers: string[];
  tags: string[];
  startsAt: string;
  endsAt: string;
  expiry: Duration;
}

interface KindWords {
  name: string;
  path: string;
  short: string;
  about: string;
  /** As in "50 points with the first order". */
  when: string;
}

export const EARNING_KINDS: Record<EarningRuleKind, KindWords> = {
  ORDER: { name: "Points for spending", path: "spending", short: "Spending", about: "So many points for each amount of what is paid.", when: "" },
  FIRST_ORDER: { name: "First order", path: "first-order", short: "First order", about: "Points once, with the customer’s first order.", when: "with the first order" },
  CAMPAIGN: { name: "Campaign", path: "campaign", short: "Campaign", about: "Points with each order, for as long as the campaign lasts.", when: "with each order" },
  SIGN_UP: { name: "Sign-up", path: "sign-up", short: "Sign-up", about: "Points once, for being a customer.", when: "for signing up" },
  BIRTHDAY: { name: "Birthday", path: "birthday", short: "Birthday", about: "Points once a calendar year, on the customer’s birthday.", when: "on the birthday" },
};

export const ALL_KINDS = Object.keys(EARNING_KINDS) as EarningRuleKind[];
/** Whether it is for orders; the others have an occasion of their own. */
export const isForOrders = (kind: EarningRuleKind) => kind !== "SIGN_UP" && kind !== "BIRTHDAY";

export function emptyEarningDraft(kind: EarningRuleKind): EarningDraft {
  return {
    name: "", kind, points: kind === "ORDER" ? "1" : "", per: "", tierMultiplied: true, minimumOrder: "", productIds: [], collectionIds: [],
    excludedProductIds: [], excludedCollectionIds: [], tiers: [], tags: [], startsAt: "", endsAt: "", expiry: NO_TIME,
  };
}

export function earningDraftOf(rule: EarningRulePartsFragment, zone: string): EarningDraft {
  return {
    name: rule.name, kind: rule.kind, points: String(rule.points), per: plain(rule.per?.amount), tierMultiplied: rule.tierMultiplied || rule.kind !== "ORDER",
    minimumOrder: plain(rule.minimumOrder?.amount), productIds: rule.productIds, collectionIds: rule.collectionIds,
    excludedProductIds: rule.excludedProductIds, excludedCollectionIds: rule.excludedCollectionIds, tiers: rule.tiers, tags: rule.tags,
    startsAt: toLocal(rule.startsAt, zone), endsAt: toLocal(rule.endsAt, zone), expiry: durationOf(rule.expirySeconds),
  };
}

/** For the API. What has no place in the rule's kind is left out. */
export function earningInputOf(draft: EarningDraft, formats: Formats): Input<EarningRuleInput> {
  const errors: Errors = {};
  const { money, whole, window } = reader(formats, errors);
  const spending = draft.kind === "ORDER";
  const orders = isForOrders(draft.kind);
  if (draft.points.trim() === "") errors.points = "Enter how many points.";
  if (spending && draft.per.trim() === "") errors.per = "Enter the amount that brings them.";
  const input: EarningRuleInput = {
    name: draft.name.trim(), kind: draft.kind, points: whole("points", draft.points) ?? 0,
    per: spending ? money("per", draft.per) : undefined, tierMultiplied: spending ? draft.tierMultiplied : undefined,
    minimumOrder: orders ? money("minimumOrder", draft.minimumOrder) : undefined,
    productIds: orders ? draft.productIds : undefined, collectionIds: orders ? draft.collectionIds : undefined,
    excludedProductIds: orders ? draft.excludedProductIds : undefined, excludedCollectionIds: orders ? draft.excludedCollectionIds : undefined,
    tiers: draft.tiers, tags: draft.tags, ...window(draft),
    expirySeconds: secondsOf(draft.expiry, "expirySeconds", errors),
  };
  return { input, errors };
}

/** All of a rule in words, in the order of the form. */
export function earningFacts(draft: EarningDraft, formats: Formats): Facts {
  const { money, points, when } = teller(formats);
  const spending = draft.kind === "ORDER";
  const orders = isForOrders(draft.kind);
  const listed = (entries: string[]) => (orders ? entries.join(", ") : "");
  return [
    ["Name", draft.name], ["Kind", EARNING_KINDS[draft.kind].name], ["Points", draft.points && points(draft.points)],
    ["For every", spending && draft.per ? money(draft.per) : ""], ["Tiers multiply it", spending ? (draft.tierMultiplied ? "Yes" : "No") : ""],
    ["Minimum order", orders && draft.minimumOrder ? money(draft.minimumOrder) : ""], ["Products", listed(draft.productIds)], ["Collections", listed(draft.collectionIds)],
    ["Not for products", listed(draft.excludedProductIds)], ["Not for collections", listed(draft.excludedCollectionIds)],
    ["Tiers", draft.tiers.join(", ")], ["Tags", draft.tags.join(", ")], ["Starts", when(draft.startsAt)], ["Ends", when(draft.endsAt)],
    ["Points live for", durationText(draft.expiry)],
  ];
}

/** A rule in one line. */
export function earningSummary(rule: EarningRulePartsFragment, formats: Formats): string {
  const points = `${formats.points(rule.points)} ${rule.points === 1 ? "point" : "points"}`;
  const gives = rule.per === null ? `${points} ${EARNING_KINDS[rule.kind].when}` : `${points} for every ${formats.money(rule.per.amount)}`;
  const more = [
    rule.minimumOrder && `orders from ${formats.money(rule.minimumOrder.amount)}`, rule.tiers.length > 0 && `for ${rule.tiers.join(", ")}`,
    rule.expirySeconds !== null && `expire after ${seconds(rule.expirySeconds)}`,
  ];
  return [gives, ...more.filter(Boolean)].join(" · ");
}
