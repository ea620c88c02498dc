import { ActionIcon, Button, Menu, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { DeleteEndpointDocument, RotateEndpointSecretDocument, SendTestDocument, UpdateEndpointDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { said } from "../../lib/errors";
import { useMay } from "../../lib/shell";
import type { Endpoint, Kind } from "../../lib/webhooks";
import { Confirm } from "../../ui/Confirm";
import { IconDots, IconPencil, IconPower, IconRefresh, IconSend, IconTrash } from "../../ui/icons";
import { RotateSecret } from "../../ui/RotateSecret";
import { SecretOnce } from "../../ui/SecretOnce";
import { failed, saved } from "../../ui/toast";
import { type EndpointDraft, EndpointForm } from "./EndpointForm";

/** Switches an endpoint on or off; what refuses it is answered. */
export function useSwitch(endpoint: Endpoint) {
  const queries = useQueryClient();
  const may = useMay("CONFIGURE");
  async function turn(enabled: boolean): Promise<string | void> {
    const { updateWebhookEndpoint: done } = await ask(UpdateEndpointDocument, { input: { id: endpoint.id, enabled } });
    if (done.userErrors[0]) return done.userErrors[0].message;
    await queries.invalidateQueries();
    saved(enabled ? "The endpoint is on." : "The endpoint is off.");
  }
  const switchOn = () => void turn(true).then((why) => why && failed(why)).catch((error: unknown) => failed(said(error)));
  return { may, turn, switchOn };
}

type Asked = "edit" | "rotate" | "off" | "delete" | null;

export function EndpointActions({ endpoint, kinds }: { endpoint: Endpoint; kinds: readonly Kind[] }) {
  const { id } = endpoint;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { turn, switchOn } = useSwitch(endpoint);
  const [asked, setAsked] = useState<Asked>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const close = () => setAsked(null);

  async function test() {
    setSending(true);
    try {
      const { sendTestEvent: done } = await ask(SendTestDocument, { input: { endpointId: id } });
      if (done.userErrors[0]) failed(done.userErrors[0].message);
      else saved("A test event is on its way.");
      await queries.invalidateQueries({ queryKey: ["deliveries", id] });
    } catch (error) {
      failed(said(error));
    } finally {
      setSending(false);
    }
  }

  async function edit(draft: EndpointDraft) {
    const { updateWebhookEndpoint: done } = await ask(UpdateEndpointDocument, { input: { id, ...draft } });
    if (done.endpoint !== null) {
      close();
      await queries.invalidateQueries();
      saved("The endpoint is changed.");
    }
    return done.userErrors;
  }

  async function rotate(overlapSeconds: number): Promise<string | void> {
    const { rotateWebhookSecret: done } = await ask(RotateEndpointSecretDocument, { input: { id, overlapSeconds } });
    if (done.secret === null) return done.userErrors[0]?.message;
    setSecret(done.secret);
    await queries.invalidateQueries();
  }

  async function remove(): Promise<string | void> {
    const { deleteWebhookEndpoint: done } = await ask(DeleteEndpointDocument, { input: { id } });
    if (done.userErrors[0]) return done.userErrors[0].message;
    await navigate("/webhooks");
    saved("The endpoint is deleted.");
    queries.removeQueries({ queryKey: ["endpoint", id] });
    await queries.invalidateQueries();
  }

  return (
    <>
      <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={sending} disabled={!endpoint.enabled} onClick={() => void test()}>Send test event</Button>
      <Menu position="bottom-end" shadow="md" width={200}>
        <Menu.Target><ActionIcon variant="default" size={36} aria-label="More actions"><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setAsked("edit")}>Edit</Menu.Item>
          <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => setAsked("rotate")}>Rotate the secret</Menu.Item>
          <Menu.Item leftSection={<IconPower size={16} aria-hidden />} onClick={() => (endpoint.enabled ? setAsked("off") : switchOn())}>{endpoint.enabled ? "Switch off" : "Switch on"}</Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsked("delete")}>Delete</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === "edit" && <EndpointForm title="Edit the endpoint" action="Save" kinds={kinds} endpoint={endpoint} onClose={close} onSubmit={edit} />}
      {asked === "rotate" && (
        <RotateSecret
          title="Rotate the signing secret" about="A new secret is made and shown once. Until the old one ends, messages carry both signatures, so either verifies."
          atOnce="Receivers that still have the old secret refuse everything from now on." onClose={close} onRotate={rotate}
        />
      )}
      <Confirm opened={asked === "off"} onClose={close} title="Switch the endpoint off?" action="Switch off" danger onConfirm={() => turn(false)}>
        <Text size="sm">What waits for it is cancelled, and what happens while it is off is not kept for it. What is cancelled can be sent again later.</Text>
      </Confirm>
      <Confirm opened={asked === "delete"} onClose={close} title="Delete the endpoint?" action="Delete" danger onConfirm={remove}>
        <Text size="sm">Nothing is sent to <span className="mono">{endpoint.url}</span> any more, and its deliveries can no longer be seen. This cannot be undone.</Text>
      </Confirm>
      <SecretOnce title="Your new signing secret" label="Signing secret" value={secret} onClose={() => setSecret(null)} about="Copy it now: it is not shown again. Put it in place of the old one before that ends." />
    </>
  );
}
