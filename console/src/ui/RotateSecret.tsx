import { Alert, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { OVERLAPS } from "../lib/overlaps";
import { Confirm } from "./Confirm";

interface Props {
  title: string;
  about: string;
  /** What comes of an overlap of nothing. */
  atOnce: string;
  /** The name of the field for a secret that another system has made; without it one is made here. */
  own?: string;
  onClose: () => void;
  onRotate: (overlapSeconds: number, secret: string | undefined) => Promise<string | void>;
}

/** Replaces a secret, with a time for which the one before still works. */
export function RotateSecret({ title, about, atOnce, own, onClose, onRotate }: Props) {
  const [overlap, setOverlap] = useState("86400");
  const [secret, setSecret] = useState("");
  return (
    <Confirm opened onClose={onClose} title={title} action={secret.trim() ? "Use it" : "Make a new one"} onConfirm={() => onRotate(Number(overlap), secret.trim() || undefined)}>
      <Stack gap="md">
        <Text size="sm">{about}</Text>
        {own && <TextInput label={own} description="Left empty, one is made here and shown once." autoComplete="off" value={secret} onChange={(event) => setSecret(event.currentTarget.value)} />}
        <Select label="How long the old one still works" data={OVERLAPS} value={overlap} allowDeselect={false} onChange={(value) => setOverlap(value ?? "86400")} />
        {overlap === "0" && <Alert color="red">{atOnce}</Alert>}
      </Stack>
    </Confirm>
  );
}
