/** A rule as it is typed: texts, until it is sent. What a rule gives is the gateway's to say, not worked out here. */
import type { RedemptionRuleInput, RedemptionRuleKind, RulePartsFragment } from "../gql/graphql";
import { type Errors, type Facts, type Input, plain, reader, teller } from "./draft";
import { type Formats, toLocal } from "./format";
import { type MinimumDraft, minimumDraft, minimumInput, NO_MINIMUM } from "./minimum";

export interface RuleDraft {
  name: string;
  kind: RedemptionRuleKind;
  points: string;
  discount: string;
  percent: string;
  minimumPoints: string;
  maximumDiscount: string;
  maximumPercent: string;
  minimumCart: string;
  cartMultiplier: string;
  productIds: string[];
  collectionIds: string[];
  tiers: string[];
  tags: string[];
  startsAt: string;
  endsAt: string;
  priority: string;
  ownMinimum: boolean;
  minimum: MinimumDraft;
}

export const KINDS: Record<RedemptionRuleKind, { name: string; family: "amount" | "percentage"; short: string; about: string }> = {
  VARIABLE_AMOUNT: { name: "Variable amount discount", family: "amount", short: "Variable", about: "The more points, the larger the discount: so many points are worth so much, step by step." },
  FIXED_AMOUNT: { name: "Fixed amount discount", family: "amount", short: "Fixed", about: "One offer: exactly so many points for exactly so much." },
  VARIABLE_PERCENT: { name: "Variable percentage discount", family: "percentage", short: "Variable", about: "The more points, the higher the percentage, step by step." },
  FIXED_PERCENT: { name: "Fixed percentage discount", family: "percentage", short: "Fixed", about: "One offer: exactly so many points for a percentage of the cart." },
};

export const isPercent = (kind: RedemptionRuleKind) => KINDS[kind].family === "percentage";
export const isVariable = (kind: RedemptionRuleKind) => kind.startsWith("VARIABLE");

export function emptyDraft(kind: RedemptionRuleKind): RuleDraft {
  return {
    name: "", kind, points: "1", discount: "", percent: "", minimumPoints: "", maximumDiscount: "", maximumPercent: "", minimumCart: "", cartMultiplier: "",
    productIds: [], collectionIds: [], tiers: [], tags: [], startsAt: "", endsAt: "", priority: "0", ownMinimum: false, minimum: NO_MINIMUM,
  };
}

export function draftOf(rule: RulePartsFragment, zone: string): RuleDraft {
  return {
    name: rule.name, kind: rule.kind, points: String(rule.points), discount: plain(rule.discount?.amount), percent: rule.percent ?? "",
    minimumPoints: rule.minimumPoints ? String(rule.minimumPoints) : "", maximumDiscount: plain(rule.maximumDiscount?.amount), maximumPercent: rule.maximumPercent ?? "",
    minimumCart: plain(rule.minimumCart?.amount), cartMultiplier: rule.cartMultiplier ?? "",
    productIds: rule.productIds, collectionIds: rule.collectionIds, tiers: rule.tiers, tags: rule.tags,
    startsAt: toLocal(rule.startsAt, zone), endsAt: toLocal(rule.endsAt, zone), priority: String(rule.priority),
    ownMinimum: rule.minimumPayment !== null, minimum: minimumDraft(rule.minimumPayment),
  };
}

/** For the API, and what cannot be read of it. What has no place in the rule's kind is left out. */
export function inputOf(draft: RuleDraft, formats: Formats): Input<RedemptionRuleInput> {
  const errors: Errors = {};
  const { decimal, money: amount, whole, window } = reader(formats, errors);
  const money = (name: "discount" | "maximumDiscount" | "minimumCart") => amount(name, draft[name]);
  const percent = isPercent(draft.kind);
  const variable = isVariable(draft.kind);
  if (draft.points.trim() === "") errors.points = "Enter how many points.";
  if (!percent && draft.discount.trim() === "") errors.discount = "Enter what they are worth.";
  if (percent && draft.percent.trim() === "") errors.percent = "Enter the percentage.";
  const own = draft.ownMinimum ? minimumInput(draft.minimum, formats) : {};
  if (own.error) errors.minimumPayment = own.error;
  const priority = draft.priority.trim() || "0";
  if (!/^-?\d{1,4}$/.test(priority)) errors.priority = "Enter a whole number from −1000 to 1000.";
  const input: RedemptionRuleInput = {
    name: draft.name.trim(), kind: draft.kind, points: whole("points", draft.points) ?? 0,
    discount: percent ? undefined : money("discount"), percent: percent ? decimal("percent", draft.percent, 2) : undefined,
    minimumPoints: variable ? whole("minimumPoints", draft.minimumPoints) : undefined,
    maximumDiscount: draft.kind === "FIXED_AMOUNT" ? undefined : money("maximumDiscount"),
    maximumPercent: draft.kind === "VARIABLE_PERCENT" ? decimal("maximumPercent", draft.maximumPercent, 2) : undefined,
    minimumCart: money("minimumCart"), cartMultiplier: decimal("cartMultiplier", draft.cartMultiplier, 2),
    productIds: draft.productIds, collectionIds: draft.collectionIds, tiers: draft.tiers, tags: draft.tags,
    ...window(draft),
    priority: Number(priority), minimumPayment: own.input,
  };
  return { input, errors };
}

/** All of a rule in words, in the order of the form. */
export function facts(draft: RuleDraft, formats: Formats): Facts {
  const { money, when } = teller(formats);
  const percent = isPercent(draft.kind);
  const least = draft.minimum.kind === "FIXED" ? money(draft.minimum.fixed) : draft.minimum.kind === "PERCENT" ? `${draft.minimum.percent} %` : "none";
  return [
    ["Name", draft.name], ["Kind", KINDS[draft.kind].name], ["Points", draft.points],
    ["Discount", percent ? (draft.percent ? `${draft.percent} %` : "") : draft.discount && money(draft.discount)],
    ["Minimum points", isVariable(draft.kind) ? draft.minimumPoints : ""],
    ["Maximum discount", draft.kind === "FIXED_AMOUNT" || !draft.maximumDiscount ? "" : money(draft.maximumDiscount)],
    ["Maximum percentage", draft.kind === "VARIABLE_PERCENT" && draft.maximumPercent ? `${draft.maximumPercent} %` : ""],
    ["Minimum cart", draft.minimumCart && money(draft.minimumCart)], ["Cart multiplier", draft.cartMultiplier && `${draft.cartMultiplier} ×`],
    ["Minimum payment", draft.ownMinimum ? least : ""], ["Products", draft.productIds.join(", ")], ["Collections", draft.collectionIds.join(", ")],
    ["Tiers", draft.tiers.join(", ")], ["Tags", draft.tags.join(", ")], ["Starts", when(draft.startsAt)], ["Ends", when(draft.endsAt)], ["Priority", draft.priority || "0"],
  ];
}

/** A rule in one line. */
export function summary(rule: RulePartsFragment, formats: Formats): string {
  const worth = rule.percent === null ? formats.money(rule.discount?.amount) : `${rule.percent} %`;
  const points = `${formats.points(rule.points)} ${rule.points === 1 ? "point" : "points"}`;
  const most = [rule.maximumPercent && `at most ${rule.maximumPercent} %`, rule.maximumDiscount && `at most ${formats.money(rule.maximumDiscount.amount)}`, rule.minimumCart && `carts from ${formats.money(rule.minimumCart.amount)}`];
  return [isVariable(rule.kind) ? `${points} = ${worth}` : `${points} for ${worth}`, ...most.filter(Boolean)].join(" · ");
}
