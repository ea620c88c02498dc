import { PageHeader } from "../../ui/PageHeader";
import { CreateRule } from "./CreateRule";
import { RuleList } from "./RuleList";

export function Rules() {
  return (
    <>
      <PageHeader title="Redemption rules" about="What points are worth at the checkout. Of all live rules, the one with the largest discount for the cart is used." actions={<CreateRule />} />
      <RuleList title="Custom Checkout redemption rules" plain />
    </>
  );
}
