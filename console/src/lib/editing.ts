/** How something that has versions is edited: typed, looked over, published, or met by somebody else's edit. */
import { useEffect, useState } from "react";
import { byField, type UserError } from "./api";
import { changesBetween, type Errors, type Facts, type Input } from "./draft";
import { said } from "./errors";
import { type Formats, useFormats } from "./format";

export type Version = number | string;

export interface Conflict<D> {
  version: Version;
  /** What it is called, where it is told. */
  name?: string;
  draft: D;
  take: () => void;
}

export interface Published<D> {
  errors: readonly UserError[];
  conflict?: Conflict<D>;
  /** What to do once nothing is unsaved any more. */
  leave?: () => void;
}

/** `over`: the version to write over, where another one than that which was opened. */
export type Publish<D, I> = (input: I, over?: Version) => Promise<Published<D>>;

interface Subject<D, I> {
  start: D;
  /** What is live; null: nothing yet. */
  before: D | null;
  inputOf: (draft: D, formats: Formats) => Input<I>;
  facts: (draft: D, formats: Formats) => Facts;
  onPublish: Publish<D, I>;
  /** What is missing before it can be looked over. */
  check?: (draft: D) => Errors;
  errorsOf?: (errors: readonly UserError[]) => Errors;
}

export function useEditing<D, I>({ start, before, inputOf, facts, onPublish, check, errorsOf = byField }: Subject<D, I>) {
  const formats = useFormats();
  const [draft, setDraft] = useState(start);
  const [errors, setErrors] = useState<Errors>({});
  const [review, setReview] = useState(false);
  const [conflict, setConflict] = useState<Conflict<D> | null>(null);
  const [busy, setBusy] = useState(false);
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const dirty = JSON.stringify(draft) !== JSON.stringify(start) && leaving === null;
  const { input, errors: unread } = inputOf(draft, formats);

  // What leaves the page after a publication does so when nothing is unsaved any more.
  useEffect(() => {
    leaving?.();
  }, [leaving]);

  const set = <K extends keyof D>(name: K, value: D[K]) => {
    setDraft((now) => ({ ...now, [name]: value }));
    setErrors((now) => (Object.keys(now).length ? {} : now));
  };

  /** Shows what is wrong, and says whether nothing is. */
  function fine(wrong: Errors): boolean {
    setErrors(wrong);
    if (Object.keys(wrong).length === 0) return true;
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return false;
  }
  const whole = () => fine(unread);
  const look = () => setReview(fine({ ...unread, ...check?.(draft) }));

  async function publish(over?: Version) {
    setBusy(true);
    try {
      const done = await onPublish(input, over);
      setErrors(errorsOf(done.errors));
      setConflict(done.conflict ?? null);
      if (done.conflict || done.errors.length) setReview(false);
      if (done.leave) {
        const { leave } = done;
        setReview(false);
        setLeaving(() => leave);
      }
    } catch (failed) {
      setReview(false);
      setConflict(null);
      setErrors({ "": said(failed) });
    } finally {
      setBusy(false);
    }
  }

  return {
    draft, setDraft, set, errors, setErrors, dirty, busy, whole, look, publish,
    review: { opened: review, close: () => setReview(false) },
    conflict: { found: conflict, close: () => setConflict(null) },
    changes: changesBetween(before ? facts(before, formats) : [], facts(draft, formats)),
    apart: conflict ? changesBetween(facts(conflict.draft, formats), facts(draft, formats)) : [],
  };
}

export type Editing<D, I> = ReturnType<typeof useEditing<D, I>>;
