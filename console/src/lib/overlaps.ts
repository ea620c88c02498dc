/** How long a secret that is replaced still works. */
export const OVERLAPS = [
  { value: "0", label: "It ends now" },
  { value: "3600", label: "1 hour" },
  { value: "86400", label: "1 day" },
  { value: "604800", label: "7 days" },
  { value: "2592000", label: "30 days" },
];
