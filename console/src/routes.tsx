import { createBrowserRouter } from "react-router";
import { Broken } from "./ui/Broken";
import { Opening } from "./ui/Opening";

/** Every page is a piece of its own: who signs in loads the door alone. */
export const router = createBrowserRouter(
  [
    {
      errorElement: <Broken />,
      hydrateFallbackElement: <Opening />,
      children: [
        { path: "/sign-in", lazy: async () => ({ Component: (await import("./pages/SignIn")).SignIn }) },
        { path: "/invitation", lazy: async () => ({ Component: (await import("./pages/Invitation")).Invitation }) },
        {
          path: "/",
          lazy: async () => {
            const { Inside, enter } = await import("./ui/Inside");
            return { Component: Inside, loader: enter };
          },
          shouldRevalidate: () => false,
          children: [
            { index: true, lazy: async () => ({ Component: (await import("./pages/Home")).Home }) },
            { path: "metrics", lazy: async () => ({ Component: (await import("./pages/Metrics")).Metrics }) },
            { path: "integrations", lazy: async () => ({ Component: (await import("./pages/Integrations")).Integrations }) },
            { path: "integrations/custom-checkout", lazy: async () => ({ Component: (await import("./pages/CustomCheckout")).CustomCheckout }) },
            { path: "rules", lazy: async () => ({ Component: (await import("./pages/rules/Rules")).Rules }) },
            { path: "rules/new/:family", lazy: async () => ({ Component: (await import("./pages/rules/NewRule")).NewRule }) },
            { path: "rules/:id", lazy: async () => ({ Component: (await import("./pages/rules/EditRule")).EditRule }) },
            { path: "earning", lazy: async () => ({ Component: (await import("./pages/earning/Earning")).Earning }) },
            { path: "earning/new/:kind", lazy: async () => ({ Component: (await import("./pages/earning/NewEarningRule")).NewEarningRule }) },
            { path: "earning/:id", lazy: async () => ({ Component: (await import("./pages/earning/EditEarningRule")).EditEarningRule }) },
            { path: "webhooks", lazy: async () => ({ Component: (await import("./pages/webhooks/Webhooks")).Webhooks }) },
            { path: "webhooks/:id", lazy: async () => ({ Component: (await import("./pages/webhooks/EndpointPage")).EndpointPage }) },
            { path: "order-sources", lazy: async () => ({ Component: (await import("./pages/orders/OrderSources")).OrderSources }) },
            { path: "reconciliation", lazy: async () => ({ Component: (await import("./pages/reconciliation/Reconciliation")).Reconciliation }) },
            { path: "customers", lazy: async () => ({ Component: (await import("./pages/customers/Customers")).Customers }) },
            { path: "customers/:id", lazy: async () => ({ Component: (await import("./pages/customers/Customer")).Customer }) },
            { path: "go-live", lazy: async () => ({ Component: (await import("./pages/GoLive")).GoLive }) },
            { path: "credentials", lazy: async () => ({ Component: (await import("./pages/Credentials")).Credentials }) },
            { path: "staff", lazy: async () => ({ Component: (await import("./pages/Staff")).Staff }) },
            { path: "audit", lazy: async () => ({ Component: (await import("./pages/Audit")).Audit }) },
            { path: "*", lazy: async () => ({ Component: (await import("./ui/NotThere")).NotThere }) },
          ],
        },
      ],
    },
  ],
  { basename: "/console" },
);
