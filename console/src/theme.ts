import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const brand: MantineColorsTuple = [
  "#eef0ff", "#dfe2fe", "#bfc5fd", "#9aa3fb", "#7b85f8", "#6269f3", "#4f4fe0", "#413fc4", "#36359f", "#30327e",
];
const gray: MantineColorsTuple = [
  "#f8f9fb", "#f1f3f6", "#e5e8ee", "#d5dae3", "#b6bfcc", "#8f99a9", "#667085", "#4a5365", "#333b4c", "#1c2230",
];
const dark: MantineColorsTuple = [
  "#d6dbe6", "#b8c0cf", "#98a2b5", "#6d778a", "#3b4355", "#2a3140", "#1d232f", "#151a24", "#10141c", "#0b0e14",
];
// Darker than Mantine's own from the seventh on: white on it is to be read.
const red: MantineColorsTuple = [
  "#fff5f5", "#ffe3e3", "#ffc9c9", "#ffa8a8", "#ff8787", "#ff6b6b", "#d92d3a", "#c4242f", "#ad1d28", "#951722",
];

export const theme = createTheme({
  primaryColor: "brand",
  primaryShade: { light: 6, dark: 6 },
  colors: { brand, gray, dark, red },
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  headings: { fontWeight: "650", sizes: { h1: { fontSize: "1.5rem", lineHeight: "2rem" }, h2: { fontSize: "1.0625rem", lineHeight: "1.5rem" }, h3: { fontSize: "0.9375rem", lineHeight: "1.375rem" } } },
  components: {
    Alert: { styles: { title: { color: "var(--mantine-color-text)" } } },
    Anchor: { defaultProps: { underline: "hover" } },
    Button: { defaultProps: { size: "sm" } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45, blur: 2 } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250 } },
    Badge: { defaultProps: { variant: "light", radius: "sm", tt: "none", fw: 550 } },
  },
});

/** Text that is meant to stand back is still to be read: 4.5 to 1 on every ground it stands on. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#596275",
    "--mantine-color-placeholder": "#6b7484",
    "--mantine-color-error": "#c0212f",
    "--mantine-color-anchor": "#4340cf",
    "--page-ground": "#f6f7f9",
    "--card-border": "#e3e6ec",
    "--snippet-ground": "#f6f7f9",
    "--door-one": "#e2e5ff",
    "--door-two": "#dff3ef",
    "--row-chosen": "#f2f3ff",
    "--was": "#a3202d",
    "--is": "#0f6b45",
    "--good-ink": "#0b5f43",
    "--good-ground": "#d9f5ea",
    "--warn-ink": "#7a4a00",
    "--warn-ground": "#fdf0d0",
    "--bad-ink": "#9b1c28",
    "--bad-ground": "#fde3e4",
    "--info-ink": "#3b39b8",
    "--info-ground": "#e6e8ff",
    "--chart-ink": "#5a5ce8",
    "--chart-ground": "#eceefe",
    "--off-ink": "#4a5365",
    "--off-ground": "#e9ecf1",
  },
  dark: {
    "--mantine-color-dimmed": "#a0aabb",
    "--mantine-color-placeholder": "#8d97a9",
    "--mantine-color-error": "#ff8b8b",
    "--mantine-color-anchor": "#a9b0ff",
    "--mantine-color-body": "#151a24",
    "--page-ground": "#0f131b",
    "--card-border": "#2a3140",
    "--snippet-ground": "#0f131b",
    "--door-one": "#20244a",
    "--door-two": "#10302f",
    "--row-chosen": "#1b2138",
    "--was": "#ff9a9a",
    "--is": "#6fd9a5",
    "--good-ink": "#7fe0b4",
    "--good-ground": "#12352a",
    "--warn-ink": "#f5cf7a",
    "--warn-ground": "#3a2d10",
    "--bad-ink": "#ffa3a8",
    "--bad-ground": "#431a20",
    "--info-ink": "#b9bfff",
    "--info-ground": "#262b52",
    "--chart-ink": "#8f97fa",
    "--chart-ground": "#232849",
    "--off-ink": "#b8c0cf",
    "--off-ground": "#2a3140",
  },
});
