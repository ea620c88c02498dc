import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { SECRET_MODAL } from "../../lib/page";
import { useShell } from "../../lib/shell";
import { addressOf, PLATFORMS, type Source } from "../../lib/sources";
import { CopyField } from "../../ui/Copy";

interface Props {
  source: Source;
  /** Shown this once; null: the shop has it, or it was shown before. */
  secret: string | null;
  onClose: () => void;
}

/** What to enter where, on the side of the shop. */
export function SourceReady({ source, secret, onClose }: Props) {
  const { merchant } = useShell();
  const platform = PLATFORMS[source.kind];
  const hold = secret === null ? {} : { ...SECRET_MODAL, withCloseButton: false };
  return (
    <Modal opened onClose={onClose} title={`Connect ${platform.inside ?? platform.name}`} size="lg" closeButtonProps={{ "aria-label": "Close" }} {...hold}>
      <Stack gap="md">
        <CopyField label="Address" value={addressOf(source)} description="Where the shop sends to, by POST." />
        {secret !== null && (
          <>
            <CopyField label="Secret" value={secret} />
            <Alert className="tone-warn">Copy the secret now: it is not shown again. If it is lost, rotate it.</Alert>
          </>
        )}
        <div>
          <Text size="sm" fw={600} mb="xs">What to do</Text>
          <ol className="steps">{platform.steps.map((step) => <li key={step}>{step}</li>)}</ol>
          {platform.example && <pre className="snippet" tabIndex={0} aria-label="An example" style={{ marginTop: 12 }}>{platform.example(merchant.currencyCode)}</pre>}
        </div>
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{secret === null ? "Done" : "I have kept it"}</Button></Group>
      </Stack>
    </Modal>
  );
}
