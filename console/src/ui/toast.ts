import { notifications } from "@mantine/notifications";

export function saved(message: string): void {
  notifications.show({ message, color: "teal", autoClose: 4_000, closeButtonProps: { "aria-label": "Dismiss" } });
}

/** Something that was pressed has come to nothing; it stays until it was read. */
export function failed(message: string): void {
  notifications.show({ message, color: "red", autoClose: false, role: "alert", closeButtonProps: { "aria-label": "Dismiss" } });
}
