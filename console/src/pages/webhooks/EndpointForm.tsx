import { Alert, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { byField, type UserError } from "../../lib/api";
import { said } from "../../lib/errors";
import type { Endpoint, Kind } from "../../lib/webhooks";
import { EventFilter } from "./EventFilter";

export interface EndpointDraft {
  url: string;
  description: string;
  events: string[];
}

interface Props {
  title: string;
  action: string;
  kinds: readonly Kind[];
  endpoint?: Endpoint;
  onClose: () => void;
  /** Does it; what it answers is shown at its fields, and nothing means done. */
  onSubmit: (draft: EndpointDraft) => Promise<readonly UserError[]>;
}

/** A new endpoint, or another form of one that is there. The gateway checks the address. */
export function EndpointForm({ title, action, kinds, endpoint, onClose, onSubmit }: Props) {
  const [url, setUrl] = useState(endpoint?.url ?? "");
  const [description, setDescription] = useState(endpoint?.description ?? "");
  const [all, setAll] = useState(!endpoint?.events.length);
  const [chosen, setChosen] = useState<string[]>(endpoint?.events ?? []);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!all && chosen.length === 0) return setErrors({ events: "Choose one at least, or all." });
    setBusy(true);
    try {
      setErrors(byField(await onSubmit({ url: url.trim(), description: description.trim(), events: all ? [] : chosen })));
    } catch (failed) {
      setErrors({ "": said(failed) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal opened onClose={onClose} title={title} size="xl" closeOnClickOutside={false} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label="Address" description="Where events are sent by POST: https, a public name, port 443 or 8443." placeholder="https://shop.example/hooks/loyalty"
            type="url" inputMode="url" data-autofocus value={url} error={errors.url} onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <TextInput label="Description" description="For your own people. May be empty." value={description} error={errors.description} onChange={(event) => setDescription(event.currentTarget.value)} />
          <EventFilter
            kinds={kinds} all={all} chosen={chosen} error={errors.events}
            onChange={(every, names) => {
              setAll(every);
              setChosen(names);
            }}
          />
          {errors[""] && <Alert color="red" role="alert">{errors[""]}</Alert>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={busy} disabled={!url.trim()}>{action}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
