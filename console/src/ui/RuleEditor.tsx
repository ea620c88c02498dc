import { Alert, Button, Grid, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { byField } from "../lib/api";
import type { Errors, Facts, Input } from "../lib/draft";
import { type Editing, type Publish, useEditing } from "../lib/editing";
import type { Formats } from "../lib/format";
import { Publishing } from "./Publishing";

export interface RuleParts<D> {
  draft: D;
  set: <K extends keyof D>(name: K, value: D[K]) => void;
  errors: Errors;
}

interface Props<D, I> {
  start: D;
  before: D | null;
  action: string;
  onPublish: Publish<D, I>;
  readOnly?: boolean;
  inputOf: (draft: D, formats: Formats) => Input<I>;
  facts: (draft: D, formats: Formats) => Facts;
  note: string;
  fields: (parts: RuleParts<D>) => ReactNode;
  preview: (draft: D) => ReactNode;
  /** A step before publishing; `whole` shows what is missing, and says whether nothing is. */
  tryOut?: (draft: D, whole: () => boolean) => ReactNode;
}

/** A rule's form with its preview beside it, for whichever kind of rule. */
export function RuleEditor<D extends { name: string }, I>({ action, readOnly = false, note, fields, preview, tryOut, ...subject }: Props<D, I>) {
  const editing = useEditing({
    ...subject,
    check: ({ name }) => (name.trim() ? ({} as Errors) : { name: "Give the rule a name." }),
    errorsOf: (errors) => byField(errors, "rule"),
  });
  const { draft, set, errors, look } = editing;
  const first = subject.before === null;
  return (
    <Grid gap="lg" align="flex-start">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <form onSubmit={(event) => { event.preventDefault(); look(); }} noValidate>
          <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
            <Stack gap="lg">
              {fields({ draft, set, errors })}
              {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
              {!readOnly && <Bar editing={editing} first={first} action={action}>{tryOut?.(draft, editing.whole)}</Bar>}
            </Stack>
          </fieldset>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }} className="preview-column">
        <div className="sticky">{preview(draft)}</div>
      </Grid.Col>
      <Publishing editing={editing} title={first ? "Create this rule?" : "Publish these changes?"} action={action} note={note} what="this rule" />
    </Grid>
  );
}

function Bar<D, I>({ editing: { changes, dirty }, first, action, children }: { editing: Editing<D, I>; first: boolean; action: string; children: ReactNode }) {
  const told = dirty ? `${changes.length} ${changes.length === 1 ? "change" : "changes"}` : "No changes";
  return (
    <div className="card save-bar">
      <Group justify="space-between" gap="xs" px="lg" py="sm">
        <Text size="sm" c="dimmed">{first ? "Not published yet" : told}</Text>
        <Group gap="xs">
          {children}
          <Button type="submit" disabled={!first && changes.length === 0}>Review and {action.toLowerCase()}</Button>
        </Group>
      </Group>
    </div>
  );
}
