import { Anchor, Modal, Stack, Text } from "@mantine/core";
import { resume, useSessionEnded } from "../lib/session";
import { PasswordForm } from "./PasswordForm";

/** Over whatever is open, when the session has ended: nothing that was typed is lost. */
export function SignInAgain({ email }: { email: string }) {
  const ended = useSessionEnded();
  return (
    <Modal
      opened={ended} onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false}
      title="Your session has ended" zIndex={500}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">Sign in again to go on where you were. What you have typed is still there.</Text>
        <PasswordForm email={email} onDone={resume} />
        <Text size="xs" c="dimmed">
          Not you? <Anchor href="/console/sign-in" size="xs">Sign in as somebody else</Anchor>; what is typed here is lost then.
        </Text>
      </Stack>
    </Modal>
  );
}
