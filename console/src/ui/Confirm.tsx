import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";

interface Props {
  opened: boolean;
  title: string;
  children: ReactNode;
  action: string;
  danger?: boolean;
  onClose: () => void;
  /** Does it; what it answers is shown, and nothing means done. */
  onConfirm: () => Promise<string | void>;
}

export function Confirm({ opened, title, children, action, danger, onClose, onConfirm }: Props) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");

  async function confirm() {
    setBusy(true);
    setError("");
    try {
      const said = await onConfirm();
      if (said) setError(said);
      else onClose();
    } catch (failed) {
      setError(failed instanceof Error ? failed.message : String(failed));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="md">
        <div>{children}</div>
        {error && <Alert color="red" role="alert">{error}</Alert>}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button color={danger ? "red" : undefined} loading={busy} onClick={confirm}>{action}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
