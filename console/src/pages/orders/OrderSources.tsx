import { Badge, Button, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { OrderSourcesDocument } from "../../gql/graphql";
import { ask } from "../../lib/api";
import { useMay } from "../../lib/shell";
import type { Source } from "../../lib/sources";
import { IconPlus } from "../../ui/icons";
import { PageHeader } from "../../ui/PageHeader";
import { Loaded } from "../../ui/States";
import { CreateSource } from "./CreateSource";
import { Inbox } from "./Inbox";
import { SourceList } from "./SourceList";
import { SourceReady } from "./SourceReady";

export function OrderSources() {
  const query = useQuery({ queryKey: ["order-sources"], queryFn: () => ask(OrderSourcesDocument) });
  const [parameters, setParameters] = useSearchParams();
  const may = useMay("CONFIGURE");
  const [making, setMaking] = useState(false);
  const [ready, setReady] = useState<{ source: Source; secret: string | null } | null>(null);
  const tab = parameters.get("tab") === "inbox" ? "inbox" : "sources";
  const dead = query.data?.merchant.dead;
  const add = may && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>Add source</Button>;
  return (
    <>
      <PageHeader
        title="Order sources" about={`Shops and backends that tell of their orders by themselves: paid, cancelled, refunded. What was redeemed is captured, the order earns, and what goes back is taken back.${may ? "" : " Your role may look at them."}`}
        actions={query.data?.merchant.orderSources.length ? add : undefined}
      />
      <Tabs value={tab} onChange={(next) => setParameters(next === "inbox" ? { tab: "inbox" } : {}, { replace: true })} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="sources">Sources</Tabs.Tab>
          <Tabs.Tab value="inbox" rightSection={dead?.edges.length ? <Badge className="tone tone-bad" variant="transparent" size="sm">{dead.pageInfo.hasNextPage ? `${dead.edges.length}+` : dead.edges.length} given up</Badge> : undefined}>Inbox</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="sources">
          <Loaded query={query} rows={1}>{({ merchant }) => <SourceList sources={merchant.orderSources} action={add} onGuide={(source, secret) => setReady({ source, secret })} />}</Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="inbox"><Inbox sources={query.data?.merchant.orderSources ?? []} /></Tabs.Panel>
      </Tabs>
      {making && (
        <CreateSource
          onClose={() => setMaking(false)}
          onMade={(source, secret) => {
            setMaking(false);
            setReady({ source, secret });
          }}
        />
      )}
      {ready && <SourceReady source={ready.source} secret={ready.secret} onClose={() => setReady(null)} />}
    </>
  );
}
