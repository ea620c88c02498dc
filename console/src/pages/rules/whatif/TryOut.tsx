import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useFormats } from "../../../lib/format";
import { inputOf, type RuleDraft } from "../../../lib/rule";
import { useMay } from "../../../lib/shell";

const WhatIf = lazy(async () => ({ default: (await import("./WhatIf")).WhatIf }));

interface Props {
  draft: RuleDraft;
  id?: string;
  /** Shows what is missing, and says whether nothing is. */
  whole: () => boolean;
}

/** The step before publishing: what the draft would have done. The form behind it stays as it is. */
export function TryOut({ draft, id, whole }: Props) {
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  if (!useMay("CONFIGURE")) return null;
  const { input } = inputOf(draft, formats);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(whole())}>Try on past carts</Button>
      {open && (
        <Suspense fallback={null}>
          <WhatIf rule={{ ...input, name: input.name || "This rule" }} id={id} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
