import { Alert, Button, Loader, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { door, Failed } from "../lib/api";
import { useTitle } from "../lib/page";
import { Mark } from "../ui/Mark";

interface Invited {
  email: string;
  name: string;
  kind: "INVITE" | "RESET";
  merchant: string;
}

export function Invitation() {
  useTitle("Choose a password");
  const navigate = useNavigate();
  const [token] = useState(() => window.location.hash.slice(1));
  const [invited, setInvited] = useState<Invited | null>(null);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  function show(failed: unknown) {
    if (!(failed instanceof Failed)) throw failed;
    setErrors({ [failed.field[0] ?? ""]: failed.message });
  }

  useEffect(() => {
    door<Invited>("invitation", { token: token || "none" })
      .then((found) => {
        setInvited(found);
        setName(found.kind === "RESET" ? found.name : "");
      })
      .catch(show);
  }, [token]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (password !== again) return setErrors({ again: "The two passwords differ." });
    setBusy(true);
    try {
      await door("invitation", { token, password, ...(name.trim() ? { name: name.trim() } : {}) });
      navigate("/", { replace: true });
    } catch (failed) {
      show(failed);
    } finally {
      setBusy(false);
    }
  }

  const gone = errors.token ?? (invited === null ? errors[""] : undefined);
  return (
    <main className="door">
      <Stack w="100%" maw={400} gap="lg">
        <Mark name={invited?.merchant ?? "Loyalty Gateway"} />
        <div className="card">
          <Stack gap="lg" p={{ base: "lg", sm: 32 }}>
            {gone ? (
              <>
                <Title order={1}>This link does not work</Title>
                <Text c="dimmed" role="alert">{gone}</Text>
                <Button variant="default" onClick={() => navigate("/sign-in")}>Go to sign-in</Button>
              </>
            ) : invited === null ? (
              <Loader size="sm" aria-label="Looking at the link" />
            ) : (
              <form onSubmit={submit} noValidate>
                <Stack gap="md">
                  <div>
                    <Title order={1}>{invited.kind === "INVITE" ? `Join ${invited.merchant}` : "Choose a new password"}</Title>
                    <Text c="dimmed" size="sm" mt={4}>as {invited.email}</Text>
                  </div>
                  {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
                  {invited.kind === "INVITE" && (
                    <TextInput
                      label="Your name" autoComplete="name" value={name} autoFocus error={errors.name}
                      onChange={(event) => setName(event.currentTarget.value)}
                    />
                  )}
                  <PasswordInput
                    label="Password" description="At least 12 characters. A few words in a row are good." autoComplete="new-password"
                    value={password} error={errors.password} onChange={(event) => setPassword(event.currentTarget.value)}
                    visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
                  />
                  <PasswordInput
                    label="The same again" autoComplete="new-password" value={again} error={errors.again}
                    onChange={(event) => setAgain(event.currentTarget.value)}
                    visibilityToggleButtonProps={{ "aria-label": "Show the repeated password" }}
                  />
                  <Button type="submit" size="md" loading={busy} disabled={!password || !again}>Continue</Button>
                </Stack>
              </form>
            )}
          </Stack>
        </div>
      </Stack>
    </main>
  );
}
