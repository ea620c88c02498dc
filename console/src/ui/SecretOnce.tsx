import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { SECRET_MODAL } from "../lib/page";
import { CopyField } from "./Copy";

interface Props {
  title: string;
  label: string;
  value: string | null;
  about: string;
  onClose: () => void;
  /** What to do with it. */
  children?: ReactNode;
}

/** Something that is shown this once: it goes only when it is said to be kept. */
export function SecretOnce({ title, label, value, about, onClose, children }: Props) {
  return (
    <Modal opened={value !== null} onClose={onClose} title={title} size="lg" withCloseButton={false} {...SECRET_MODAL}>
      <Stack gap="md">
        <Alert color="yellow">{about}</Alert>
        <CopyField label={label} value={value ?? ""} />
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>I have kept it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
