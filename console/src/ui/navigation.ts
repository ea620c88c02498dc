/** Where one can go, in the order of the menu. */
import type { ComponentType } from "react";
import { IconChartBar, IconCheck, IconDiscount, IconGift, IconHistory, IconHome, IconInbox, IconKey, IconPlugConnected, type IconProps, IconScale, IconUser, IconUsers, IconWebhook } from "./icons";

interface Entry {
  to: string;
  label: string;
  Icon: ComponentType<IconProps>;
  /** Shown to those alone who may do this. */
  needs?: string;
}

export const NAVIGATION: { label: string; pages: Entry[] }[] = [
  {
    label: "",
    pages: [
      { to: "/", label: "Home", Icon: IconHome },
      { to: "/metrics", label: "Metrics", Icon: IconChartBar },
      { to: "/customers", label: "Customers", Icon: IconUser },
    ],
  },
  {
    label: "Program",
    pages: [
      { to: "/rules", label: "Redemption rules", Icon: IconDiscount },
      { to: "/earning", label: "Earning", Icon: IconGift },
    ],
  },
  {
    label: "Connections",
    pages: [
      { to: "/integrations", label: "Integrations", Icon: IconPlugConnected },
      { to: "/webhooks", label: "Webhooks", Icon: IconWebhook },
      { to: "/order-sources", label: "Order sources", Icon: IconInbox },
      { to: "/reconciliation", label: "Reconciliation", Icon: IconScale },
      { to: "/go-live", label: "Go-live test", Icon: IconCheck },
    ],
  },
  {
    label: "Settings",
    pages: [
      { to: "/credentials", label: "Credentials", Icon: IconKey },
      { to: "/staff", label: "Staff", Icon: IconUsers },
      { to: "/audit", label: "Audit log", Icon: IconHistory, needs: "READ_AUDIT" },
    ],
  },
];
