/** Amounts of a wallet: points are whole numbers; store credit is money, kept in its smallest unit. */
import type { Wallet } from "../gql/graphql";
import type { Formats } from "./format";
import { type Read, readDecimal, readPoints } from "./numbers";

/** Most that one adjustment can move: what an Int of GraphQL holds. */
const MOST = 2_147_483_647;

export const WALLETS: { value: Wallet; label: string }[] = [
  { value: "COINS", label: "Points" },
  { value: "CREDITS", label: "Store credit" },
];

/** "1,500 points", "1 point" or "₹25.00". */
export function inWords(amount: number, wallet: Wallet, formats: Formats): string {
  if (wallet === "CREDITS") return formats.money(fromMinor(amount, formats.places));
  return `${formats.points(amount)} ${amount === 1 ? "point" : "points"}`;
}

/** The number alone, for a column. */
export function inColumn(amount: number, wallet: Wallet, formats: Formats): string {
  return wallet === "CREDITS" ? formats.money(fromMinor(amount, formats.places)) : formats.points(amount);
}

export function fromMinor(minor: number, places: number): string {
  const digits = String(minor).padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

export function toMinor(amount: string, places: number): number {
  const [whole = "0", fraction = ""] = amount.split(".");
  return Number(whole + fraction.padEnd(places, "0"));
}

/** What was typed, as the API counts it. */
export function readAmount(text: string, wallet: Wallet, formats: Formats): { amount: number } | { why: string } {
  const read: Read = wallet === "CREDITS" ? readDecimal(text, formats.places) : readPoints(text);
  if (!read.ok) return { why: read.why };
  const amount = wallet === "CREDITS" ? toMinor(read.text, formats.places) : Number(read.text);
  if (amount === 0) return { why: "Enter more than nothing." };
  return amount > MOST ? { why: `At most ${inWords(MOST, wallet, formats)} at once.` } : { amount };
}
