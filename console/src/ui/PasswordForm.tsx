import { Alert, Button, PasswordInput, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { door, Failed } from "../lib/api";

interface Answer {
  merchants?: { id: string; name: string }[];
}

const LAST = "loyalty:merchant";

/** Address and password; `email` fixed where a session goes on. */
export function PasswordForm({ email, onDone }: { email?: string; onDone: () => void }) {
  const [address, setAddress] = useState(email ?? "");
  const [password, setPassword] = useState("");
  const [choices, setChoices] = useState<{ id: string; name: string }[]>([]);
  const [merchant, setMerchant] = useState<string | null>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      const chosen = merchant ?? (email === undefined ? null : sessionStorage.getItem(LAST));
      const body = { email: address, password, ...(chosen === null ? {} : { merchantId: chosen }) };
      const answer = await door<Answer>("session", body);
      if (answer.merchants) {
        setChoices(answer.merchants);
        setMerchant(answer.merchants[0]?.id ?? null);
      } else {
        if (chosen) sessionStorage.setItem(LAST, chosen);
        onDone();
      }
    } catch (failed) {
      setError(failed instanceof Failed ? failed.message : String(failed));
      requestAnimationFrame(() => field.current?.select());
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error && <Alert color="red" role="alert">{error}</Alert>}
        <TextInput
          label="E-mail address" type="email" autoComplete="username" required withAsterisk={false}
          value={address} onChange={(event) => setAddress(event.currentTarget.value)}
          readOnly={email !== undefined} data-autofocus={email === undefined || undefined} autoFocus={email === undefined}
        />
        <PasswordInput
          ref={field} label="Password" autoComplete="current-password" required withAsterisk={false}
          value={password} onChange={(event) => setPassword(event.currentTarget.value)}
          data-autofocus={email !== undefined || undefined}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        />
        {choices.length > 0 && (
          <Select
            label="You work for several merchants. Which one?" allowDeselect={false} value={merchant} onChange={setMerchant}
            data={choices.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <Button type="submit" size="md" fullWidth loading={busy} disabled={!address || !password}>
          {choices.length ? "Continue" : "Sign in"}
        </Button>
      </Stack>
    </form>
  );
}
