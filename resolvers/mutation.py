"""The index of mutations."""

from __future__ import annotations

import strawberry

from resolvers import (
    credential,
    customer,
    earning,
    inbound,
    launch,
    merchant,
    order,
    people,
    reconciliation,
    redemption,
    signing_key,
    staff,
    support_ticket,
    webhooks,
)
from schema import payloads
from schema.checkout_inputs import RedemptionRulePayload, UpdateCustomCheckoutPayload
from schema.credential import CreateCredentialPayload, RevokeCredentialPayload
from schema.customer_inputs import CreateCustomerTokenPayload, UpsertCustomerPayload
from schema.earning import EarningRulePayload, UpdateEarningPayload
from schema.inbox import InboxPayload
from schema.launch import RunLaunchCheckPayload
from schema.order_inputs import CancelOrderPayload, CompleteOrderPayload, RefundOrderPayload
from schema.order_source import DeleteOrderSourcePayload, OrderSourcePayload
from schema.people import EraseCustomerPayload, MergeCustomersPayload
from schema.reconciliation import RepairFindingPayload
from schema.signing_key import RegisterSigningKeyPayload, RevokeSigningKeyPayload
from schema.staff import StaffLinkPayload, UpdateStaffPayload
from schema.support_ticket import RecordSupportTicketPayload
from schema.webhook_id import RotateSecretWebhookIdPayload
from schema.webhook_inputs import (
    DeleteWebhookEndpointPayload,
    ReplayWebhookDeliveriesPayload,
    WebhookDeliveryPayload,
    WebhookEndpointPayload,
    WebhookSecretPayload,
)

SHOPPER = " Customer token (itself only), Secret Webhook ID, admin key."
BACKEND = " Secret Webhook ID, admin key; never a customer token."
DESK = " Secret Webhook ID, admin key, staff; never a customer token."
SUPPORT = " Admin key, staff."
STAFF = " Admin key, owner, manager."
OWNER = " Owner only."


@strawberry.type(description="What can be changed. Each field says who may.")
class Mutation:
    """What can be changed."""

    apply_redemption: payloads.ApplyRedemptionPayload = strawberry.field(
        resolver=redemption.apply_redemption,
        description="Reserve points for a cart; what the customer held for the same cart is"
        " replaced." + SHOPPER,
    )
    capture_redemption: payloads.CaptureRedemptionPayload = strawberry.field(
        resolver=redemption.capture_redemption,
        description="Settle held points with a paid order." + BACKEND,
    )
    release_redemption: payloads.ReleaseRedemptionPayload = strawberry.field(
        resolver=redemption.release_redemption,
        description="Give held points back. Safe to repeat." + SHOPPER[:-1] + ", staff.",
    )
    refund_redemption: payloads.RefundRedemptionPayload = strawberry.field(
        resolver=redemption.refund_redemption,
        description="Give captured points back, with their old expiry or a grace. Secret Webhook"
        " ID, admin key, staff; never a customer token.",
    )
    complete_order: CompleteOrderPayload = strawberry.field(
        resolver=order.complete_order,
        description="Tell that an order is paid: what it redeems is captured and it earns, in one"
        " step. Safe to repeat." + BACKEND,
    )
    cancel_order: CancelOrderPayload = strawberry.field(
        resolver=order.cancel_order,
        description="Tell that an order is cancelled: all points that it took go back, all that it"
        " brought are taken back. Safe to repeat, and may come before `completeOrder`." + DESK,
    )
    refund_order: RefundOrderPayload = strawberry.field(
        resolver=order.refund_order,
        description="Tell that some of an order was given back: so do its points, in proportion."
        " Safe to repeat, and may come before `completeOrder`." + DESK,
    )
    repair_finding: RepairFindingPayload = strawberry.field(
        resolver=reconciliation.repair_finding,
        description="Mend what `reconciliation` found, as it proposes. Safe to repeat." + SUPPORT,
    )
    record_support_ticket: RecordSupportTicketPayload = strawberry.field(
        resolver=support_ticket.record_support_ticket,
        description="Count a ticket about rewards, for the metrics. Safe to repeat. Secret Webhook"
        " ID, admin key, owner, manager; never a customer token.",
    )
    adjust_points: payloads.AdjustPointsPayload = strawberry.field(
        resolver=customer.adjust_points, description="Give or take points by hand." + SUPPORT
    )
    upsert_customer: UpsertCustomerPayload = strawberry.field(
        resolver=customer.upsert_customer,
        description="Make or change a customer, by `externalId`. Secret Webhook ID, admin key,"
        " owner, manager; never a customer token.",
    )
    merge_customers: MergeCustomersPayload = strawberry.field(
        resolver=people.merge_customers,
        description="Make a guest a part of an account: what the guest has goes on to it. To merge"
        " again changes nothing. Secret Webhook ID, admin key, owner, manager; never a customer"
        " token.",
    )
    erase_customer: EraseCustomerPayload = strawberry.field(
        resolver=people.erase_customer,
        description="Forget who a customer is, end its holds and take its points; its journal"
        " stays, without a name. Cannot be undone; safe to repeat, by `id`." + STAFF,
    )
    create_customer_token: CreateCustomerTokenPayload = strawberry.field(
        resolver=customer.create_customer_token,
        description="Make a short-lived token for a browser or an app." + BACKEND,
    )
    update_custom_checkout: UpdateCustomCheckoutPayload = strawberry.field(
        resolver=merchant.update_custom_checkout,
        description="Switch the integration, set the minimum payment." + STAFF,
    )
    rotate_secret_webhook_id: RotateSecretWebhookIdPayload = strawberry.field(
        resolver=merchant.rotate_secret_webhook_id,
        description="Make a new Secret Webhook ID; the old one works for an overlap." + STAFF,
    )
    create_redemption_rule: RedemptionRulePayload = strawberry.field(
        resolver=merchant.create_redemption_rule, description="Make a rule." + STAFF
    )
    update_redemption_rule: RedemptionRulePayload = strawberry.field(
        resolver=merchant.update_redemption_rule,
        description="Make the next version of a rule." + STAFF,
    )
    archive_redemption_rule: RedemptionRulePayload = strawberry.field(
        resolver=merchant.archive_redemption_rule, description="Take a rule out of use." + STAFF
    )
    run_launch_check: RunLaunchCheckPayload = strawberry.field(
        resolver=launch.run_launch_check,
        description="Try the whole flow on a customer of the gateway's own, and tell item by item"
        " what came of it. Takes seconds, leaves nothing behind, and counts in no figure; safe at"
        " any time." + STAFF,
    )
    update_earning: UpdateEarningPayload = strawberry.field(
        resolver=earning.update_earning,
        description="Set how long points are pending and live, tiers, and what never earns."
        + STAFF,
    )
    create_earning_rule: EarningRulePayload = strawberry.field(
        resolver=earning.create_earning_rule, description="Make an earning rule." + STAFF
    )
    update_earning_rule: EarningRulePayload = strawberry.field(
        resolver=earning.update_earning_rule,
        description="Make the next version of an earning rule." + STAFF,
    )
    archive_earning_rule: EarningRulePayload = strawberry.field(
        resolver=earning.archive_earning_rule,
        description="Take an earning rule out of use." + STAFF,
    )
    create_webhook_endpoint: WebhookSecretPayload = strawberry.field(
        resolver=webhooks.create_webhook_endpoint,
        description="Have an address told of events from now on." + STAFF,
    )
    update_webhook_endpoint: WebhookEndpointPayload = strawberry.field(
        resolver=webhooks.update_webhook_endpoint,
        description="Change a webhook endpoint, or switch it on or off." + STAFF,
    )
    rotate_webhook_secret: WebhookSecretPayload = strawberry.field(
        resolver=webhooks.rotate_webhook_secret,
        description="Make a new signing secret; messages carry both signatures for an overlap."
        + STAFF,
    )
    delete_webhook_endpoint: DeleteWebhookEndpointPayload = strawberry.field(
        resolver=webhooks.delete_webhook_endpoint,
        description="End a webhook endpoint for good; what waits for it is cancelled." + STAFF,
    )
    send_test_event: WebhookDeliveryPayload = strawberry.field(
        resolver=webhooks.send_test_event,
        description="Send a `webhook.test` message to an endpoint." + STAFF,
    )
    replay_webhook_delivery: WebhookDeliveryPayload = strawberry.field(
        resolver=webhooks.replay_webhook_delivery,
        description="Send a delivery again, with the same `webhook-id`." + STAFF,
    )
    replay_webhook_deliveries: ReplayWebhookDeliveriesPayload = strawberry.field(
        resolver=webhooks.replay_webhook_deliveries,
        description="Send again what failed or was cancelled since a time." + STAFF,
    )
    create_order_source: OrderSourcePayload = strawberry.field(
        resolver=inbound.create_order_source,
        description="Let a shop tell of its orders by webhook." + STAFF,
    )
    rotate_order_source_secret: OrderSourcePayload = strawberry.field(
        resolver=inbound.rotate_order_source_secret,
        description="Give a source a new secret; the one before works for an overlap." + STAFF,
    )
    delete_order_source: DeleteOrderSourcePayload = strawberry.field(
        resolver=inbound.delete_order_source,
        description="End a source: its deliveries are refused from now on." + STAFF,
    )
    replay_inbox: InboxPayload = strawberry.field(
        resolver=inbound.replay_inbox,
        description="Carry out deliveries again; safe, since what was told before changes nothing."
        + STAFF,
    )
    discard_inbox: InboxPayload = strawberry.field(
        resolver=inbound.discard_inbox,
        description="Let deliveries that wait, or were given up, be." + STAFF,
    )
    create_credential: CreateCredentialPayload = strawberry.field(
        resolver=credential.create, description="Make a key." + STAFF
    )
    revoke_credential: RevokeCredentialPayload = strawberry.field(
        resolver=credential.revoke, description="End a key now and for good." + STAFF
    )
    register_signing_key: RegisterSigningKeyPayload = strawberry.field(
        resolver=signing_key.register,
        description="Let your own backend sign customer tokens." + STAFF,
    )
    revoke_signing_key: RevokeSigningKeyPayload = strawberry.field(
        resolver=signing_key.revoke,
        description="End a signing key, and with it the tokens that it signed. Safe to repeat."
        + STAFF,
    )
    invite_staff: StaffLinkPayload = strawberry.field(
        resolver=staff.invite,
        description="Make a link by which somebody new comes in to the console." + OWNER,
    )
    reset_staff: StaffLinkPayload = strawberry.field(
        resolver=staff.reset,
        description="Make a link by which somebody chooses another password." + OWNER,
    )
    update_staff: UpdateStaffPayload = strawberry.field(
        resolver=staff.update, description="Change a role, shut out, let in again." + OWNER
    )
