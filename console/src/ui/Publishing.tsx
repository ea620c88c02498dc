import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Editing } from "../lib/editing";
import { Changes } from "./Changes";
import { Unsaved } from "./Unsaved";

interface Props<D, I> {
  editing: Editing<D, I>;
  title: string;
  /** What the button says. */
  action: string;
  /** What a publication does. */
  note: ReactNode;
  /** What somebody else has edited: "this rule". */
  what: string;
  /** As in "Leave without publishing?". */
  doing?: string;
}

/** What stands between a form and what is live: what differs, and what to do where somebody else was faster. */
export function Publishing<D, I>({ editing, title, action, note, what, doing = "publishing" }: Props<D, I>) {
  const { review, conflict, changes, apart, busy, publish, dirty } = editing;
  const { found } = conflict;
  return (
    <>
      <Modal opened={review.opened} onClose={review.close} size="lg" title={title} closeButtonProps={{ "aria-label": "Close" }}>
        <Stack gap="md">
          <Changes changes={changes} />
          <Text size="sm" c="dimmed">{note}</Text>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={review.close}>Go on editing</Button>
            <Button onClick={() => void publish()} loading={busy}>{action}</Button>
          </Group>
        </Stack>
      </Modal>
      <Modal opened={found !== null} onClose={conflict.close} size="lg" title={`Somebody else has edited ${what}`} closeButtonProps={{ "aria-label": "Close" }}>
        <Stack gap="md">
          <Alert color="yellow">{found?.name ?? "Another version"} was published while you were editing. Nothing of yours is lost; say which one it shall be.</Alert>
          {apart.length === 0 ? <Text size="sm">Both say the same.</Text> : <Changes changes={apart} heads={["Theirs", "Yours"]} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={conflict.close}>Go on editing</Button>
            <Button variant="default" onClick={() => { conflict.close(); found?.take(); }}>Take theirs</Button>
            <Button onClick={() => found && void publish(found.version)} loading={busy}>Publish mine over it</Button>
          </Group>
        </Stack>
      </Modal>
      <Unsaved dirty={dirty} doing={doing} />
    </>
  );
}
