import { Group } from "@mantine/core";
import { useFormats } from "../../lib/format";
import type { Endpoint } from "../../lib/webhooks";
import { CopyIcon } from "../../ui/Copy";
import { Facts } from "../../ui/Facts";
import { Section } from "../../ui/Section";

export function EndpointFacts({ endpoint }: { endpoint: Endpoint }) {
  const formats = useFormats();
  const { url, events, previousSecretUntil: until } = endpoint;
  // What has ended meanwhile is not worth a word.
  const overlap = until !== null && Date.parse(until) > Date.now() ? `The one before also signs until ${formats.when(until)}` : "Signs each message; shown only when it is made";
  return (
    <Section title="Endpoint">
      <Facts
        facts={[
          ["Address", <Group key="url" gap={4} wrap="nowrap"><span className="mono">{url}</span><CopyIcon value={url} what="the address" /></Group>],
          ["Events", events.length === 0 ? "All, also those of later releases" : <span className="mono">{events.join(", ")}</span>],
          ["Signing secret", overlap],
          ["Made", formats.when(endpoint.createdAt)],
        ]}
      />
    </Section>
  );
}
