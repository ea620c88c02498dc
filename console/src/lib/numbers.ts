/** Numbers as people paste them. What could be read in two ways is refused, with the way to write it. */

export type Read = { ok: true; text: string } | { ok: false; why: string };

const GROUPED = /^\d{1,3}([,.])(?:\d{2,3}\1)*\d{3}$/;
const DECORATION = /[\p{Sc}\s\u00a0\u202f_]|^[A-Za-z]{2,3}\.?|[A-Za-z]{3}$/gu;

/** A decimal with at most `places` places: "1,00,000.50" is 100000.50, "1.000" is refused. */
export function readDecimal(given: string, places: number): Read {
  const text = given.trim().replace(DECORATION, "").replace(/%$/, "").replace(/['’]/g, ",");
  if (text === "") return { ok: false, why: "Enter a number." };
  if (text.startsWith("-")) return { ok: false, why: "Enter a number that is not negative." };
  const plain = ungrouped(text, places);
  if (!plain.ok) return plain;
  const [whole = "", fraction = ""] = plain.text.split(".");
  if (fraction.length > places) {
    return { ok: false, why: places === 0 ? "Enter a whole number." : `At most ${places} decimals.` };
  }
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  return { ok: true, text: fraction ? `${digits}.${fraction}` : digits };
}

function ungrouped(text: string, places: number): Read {
  if (/^\d+(?:\.\d*)?$/.test(text)) {
    const [whole = "", fraction = ""] = text.split(".");
    if (places < 3 && fraction.length === 3 && whole.length <= 3) {
      return { ok: false, why: `Is this ${whole}${fraction} or ${whole}.${fraction}? Write it without the point, or with fewer decimals.` };
    }
    return { ok: true, text: text.replace(/\.$/, "") };
  }
  const comma = text.lastIndexOf(",");
  const point = text.lastIndexOf(".");
  if (comma >= 0 && point >= 0) {
    if (point < comma) return { ok: false, why: "Write decimals after a point: 1,234.50." };
    const whole = text.slice(0, point);
    if (!/^\d{1,3}(,\d{2,3})*,\d{3}$/.test(whole)) return wrong();
    return ungrouped(whole.replaceAll(",", "") + text.slice(point), 9);
  }
  if (GROUPED.test(text)) return { ok: true, text: text.replace(/[,.]/g, "") };
  if (/^\d+,\d{1,2}$/.test(text)) {
    return { ok: false, why: `Write decimals after a point: ${text.replace(",", ".")}.` };
  }
  return wrong();
}

function wrong(): Read {
  return { ok: false, why: "This is not a number. Write it like 1234.50." };
}

/** Whole points: "10,000" is 10000. */
export function readPoints(given: string): Read {
  const read = readDecimal(given, 0);
  if (read.ok && Number(read.text) > Number.MAX_SAFE_INTEGER) {
    return { ok: false, why: "That is more points than can be counted exactly." };
  }
  return read;
}
