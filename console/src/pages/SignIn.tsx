import { Alert, Stack, Text, Title } from "@mantine/core";
import { useNavigate, useSearchParams } from "react-router";
import { useTitle } from "../lib/page";
import { Mark } from "../ui/Mark";
import { PasswordForm } from "../ui/PasswordForm";

export function SignIn() {
  useTitle("Sign in");
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const wanted = parameters.get("to") ?? "/";
  // Only ever a page of our own.
  const to = wanted.startsWith("/") && !wanted.startsWith("//") ? wanted : "/";
  return (
    <main className="door">
      <Stack w="100%" maw={400} gap="lg">
        <Mark name="Loyalty Gateway" />
        <div className="card">
          <Stack gap="lg" p={{ base: "lg", sm: 32 }}>
            <div>
              <Title order={1}>Sign in</Title>
              <Text c="dimmed" size="sm" mt={4}>to the merchant console</Text>
            </div>
            {!window.isSecureContext && (
              <Alert color="yellow" title="This connection is not secure">
                A browser keeps nobody signed in here. Open the console by https://, or on the machine itself.
              </Alert>
            )}
            <PasswordForm onDone={() => navigate(to, { replace: true })} />
            <Text c="dimmed" size="xs">
              Forgotten? Ask an owner of your shop for a new link; an owner gets one from{" "}
              <span className="mono">loyalty staff reset</span>.
            </Text>
          </Stack>
        </div>
      </Stack>
    </main>
  );
}
