/** What is typed before it is sent: texts. How they are read, told in words, and compared. */
import type { MoneyInput } from "../gql/graphql";
import type { Change } from "../ui/Changes";
import { type Formats, toInstant } from "./format";
import { readDecimal, readPoints } from "./numbers";

export type Errors = Record<string, string>;

/** What is filled in, in the order of the form: names and texts, empty where it is not. */
export type Facts = [string, string][];

/** For the API, and what cannot be read of it. */
export interface Input<I> {
  input: I;
  errors: Errors;
}

/** Reads the fields of one form; what cannot be read is an error of that name, and what is empty is nothing. */
export function reader(formats: Formats, errors: Errors) {
  function decimal(name: string, text: string, places: number): string | undefined {
    if (text.trim() === "") return undefined;
    const found = places === 0 ? readPoints(text) : readDecimal(text, places);
    if (found.ok) return found.text;
    errors[name] = found.why;
    return undefined;
  }
  function money(name: string, text: string): MoneyInput | undefined {
    if (text.trim() === "") return undefined;
    const found = readDecimal(text, formats.places);
    if (!found.ok) errors[name] = found.why;
    return found.ok ? { amount: found.text, currencyCode: formats.currency as never } : undefined;
  }
  function whole(name: string, text: string): number | undefined {
    const read = decimal(name, text, 0);
    return read === undefined ? undefined : Number(read);
  }
  function window({ startsAt, endsAt }: { startsAt: string; endsAt: string }) {
    const instant = (local: string) => (local ? toInstant(local, formats.zone) : undefined);
    if (startsAt && endsAt && startsAt >= endsAt) errors.endsAt = "It ends before it starts.";
    return { startsAt: instant(startsAt), endsAt: instant(endsAt) };
  }
  return { decimal, money, whole, window };
}

/** Tells what is typed as it will be read, or as it stands where it cannot be. */
export function teller(formats: Formats) {
  return {
    money: (text: string) => {
      const read = readDecimal(text, formats.places);
      return read.ok ? formats.money(read.text) : text;
    },
    points: (text: string) => {
      const read = readPoints(text);
      return read.ok ? formats.points(Number(read.text)) : text;
    },
    when: (local: string) => (local ? formats.when(toInstant(local, formats.zone)) : ""),
  };
}

/** "100.00" is 100, as one would type it. */
export function plain(amount: string | undefined): string {
  return amount === undefined ? "" : amount.replace(/\.0+$/, "");
}

/** What differs, also where a name is there on one side alone. */
export function changesBetween(before: Facts, after: Facts): Change[] {
  const old = new Map(before);
  const now = new Map(after);
  const gone = before.filter(([name]) => !now.has(name)).map(([name]): [string, string] => [name, ""]);
  return [...after, ...gone]
    .filter(([name, text]) => (old.get(name) ?? "") !== text)
    .map(([name, text]) => ({ name, before: old.get(name) || null, after: text || null }));
}
