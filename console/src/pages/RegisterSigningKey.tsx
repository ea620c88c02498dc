import { Alert, Button, Group, Input, Modal, PasswordInput, SegmentedControl, Stack, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { RegisterSigningKeyDocument, type SigningAlgorithm } from "../gql/graphql";
import { ask, byField } from "../lib/api";
import { said } from "../lib/errors";

const ABOUT: Record<SigningAlgorithm, string> = {
  ES256: "Advised: your backend keeps a private key, and the gateway has only the public one.",
  HS256: "One secret that your backend and the gateway share. It is stored encrypted and not shown again.",
};

export function RegisterSigningKey({ opened, onClose, onMade }: { opened: boolean; onClose: () => void; onMade: (kid: string) => void }) {
  const queries = useQueryClient();
  const [algorithm, setAlgorithm] = useState<SigningAlgorithm>("ES256");
  const [issuer, setIssuer] = useState("");
  const [key, setKey] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const shared = algorithm === "HS256";

  function choose(value: string) {
    setAlgorithm(value as SigningAlgorithm);
    setKey("");
    setErrors({});
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      // A pasted secret has the line's end with it; it is no part of either.
      const material = shared ? { secret: key.trim() } : { publicKey: key };
      const { registerSigningKey: done } = await ask(RegisterSigningKeyDocument, { input: { algorithm, issuer: issuer.trim(), ...material } });
      setErrors(byField(done.userErrors));
      if (done.signingKey !== null) {
        setIssuer("");
        setKey("");
        onClose();
        onMade(done.signingKey.kid);
        await queries.invalidateQueries();
      }
    } catch (failed) {
      setErrors({ "": said(failed) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal opened={opened} onClose={onClose} title="Register a signing key" size="lg" closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Input.Wrapper label="Algorithm" description={ABOUT[algorithm]} labelElement="div">
            <SegmentedControl mt={6} fullWidth aria-label="Algorithm" value={algorithm} onChange={choose} data={["ES256", "HS256"]} />
          </Input.Wrapper>
          <TextInput label="Issuer" description="What your tokens say in iss, such as the address of your shop." placeholder="https://shop.example" data-autofocus value={issuer} error={errors.issuer} onChange={(event) => setIssuer(event.currentTarget.value)} />
          {shared ? (
            <PasswordInput label="Shared secret" description="At least 32 bytes, made by a random generator." autoComplete="off" value={key} error={errors.secret} onChange={(event) => setKey(event.currentTarget.value)} visibilityToggleButtonProps={{ "aria-label": "Show what is typed" }} />
          ) : (
            <Textarea label="Public key" description="On the curve P-256, in PEM. Never paste the private key." placeholder="-----BEGIN PUBLIC KEY-----" autosize minRows={4} maxRows={8} spellCheck={false} classNames={{ input: "mono" }} value={key} error={errors.publicKey} onChange={(event) => setKey(event.currentTarget.value)} />
          )}
          {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={busy} disabled={!issuer.trim() || !key.trim()}>Register</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
