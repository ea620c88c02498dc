/** Who is here, for which merchant: read once, before any page behind the door is shown. */
import { createContext, useContext } from "react";
import { ShellDocument, type ShellQuery } from "../gql/graphql";
import { askOnce } from "./api";

type Viewer = NonNullable<ShellQuery["viewer"]>;
export type Shell = { viewer: Viewer; merchant: ShellQuery["merchant"] };

export const ShellContext = createContext<Shell | null>(null);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error("only behind the door");
  return shell;
}

export type Permission = "ADJUST" | "CONFIGURE" | "MANAGE_CUSTOMERS" | "MANAGE_STAFF" | "PRIVACY" | "READ_AUDIT" | "REFUND" | "RELEASE";

export function useMay(permission: Permission): boolean {
  return useShell().viewer.permissions.includes(permission);
}

export async function readShell(): Promise<ShellQuery> {
  return await askOnce(ShellDocument);
}
