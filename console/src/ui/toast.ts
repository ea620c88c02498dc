import { notifications } from "@mantine/notifications";

export function saved(message: string): void {
  notifications.show({ message, color: "teal", autoClose: 4_000, closeButtonProps: { "aria-label": "Dismiss" } });
}

export function failed(message: string): void {
  notifications.show({ message, color: "red", autoClose: 10_000, role: "alert", closeButtonProps: { "aria-label": "Dismiss" } });
}
