import { Anchor, AppShell, Avatar, Burger, Divider, Group, Menu, NavLink, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Notifications } from "@mantine/notifications";
import "@mantine/notifications/styles.css";
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun } from "./icons";
import { useQueryClient } from "@tanstack/react-query";
import { Fragment, useEffect, useRef } from "react";
import { Link, Outlet, redirect, useLoaderData, useLocation, useNavigate } from "react-router";
import { door, Failed } from "../lib/api";
import { readShell, type Shell, ShellContext, useShell } from "../lib/shell";
import { Mark } from "./Mark";
import { NAVIGATION } from "./navigation";
import { SignInAgain } from "./SignInAgain";
import { Status } from "./Status";

/** Who is not signed in goes to the door, and from there to where they wanted to be. */
export async function enter({ request }: { request: Request }): Promise<Shell | Response> {
  try {
    const { viewer, merchant } = await readShell();
    if (viewer !== null) return { viewer, merchant };
  } catch (error) {
    if (!(error instanceof Failed) || error.code !== "UNAUTHENTICATED") throw error;
  }
  const url = new URL(request.url);
  const to = url.pathname.replace(/^\/console/, "") + url.search;
  return redirect(to === "" || to === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`);
}

export function Inside() {
  const shell = useLoaderData() as Shell;
  return (
    <ShellContext value={shell}>
      <Notifications position="bottom-right" />
      <SignInAgain email={shell.viewer.staff.email} />
      <Frame />
    </ShellContext>
  );
}

function Frame() {
  const [open, { toggle, close }] = useDisclosure();
  const { merchant } = useShell();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  // A new page is told to who hears it: the focus goes to its heading.
  useEffect(() => {
    close();
    if (first.current) first.current = false;
    else main.current?.querySelector("h1")?.focus();
  }, [pathname, close]);

  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 244, breakpoint: "sm", collapsed: { mobile: !open } }} padding={0}>
      <Anchor href="#main" className="skip">Skip to the page</Anchor>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={open ? "Close the menu" : "Open the menu"} />
            <Mark name={merchant.name} />
          </Group>
          <Person />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" style={{ overflowY: "auto" }} component="nav" aria-label="Pages">
        <Pages />
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1}>
        <div style={{ maxWidth: 1160, margin: "0 auto", padding: "1.75rem clamp(1rem, 3vw, 2.25rem) 4rem" }}>
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

function Pages() {
  const { pathname } = useLocation();
  const { permissions } = useShell().viewer;
  return NAVIGATION.map(({ label: part, pages }) => (
    <Fragment key={part}>
      {part !== "" && <Divider my="sm" label={part} labelPosition="left" />}
      {pages.filter(({ needs }) => needs === undefined || permissions.includes(needs)).map(({ to, label, Icon }) => {
        const active = to === "/" ? pathname === "/" : pathname.startsWith(to);
        return (
          <NavLink
            key={to} component={Link} to={to} label={label} active={active} aria-current={active ? "page" : undefined}
            leftSection={<Icon size={18} stroke={1.7} aria-hidden />} variant="light" style={{ borderRadius: 8, marginBottom: 2 }}
          />
        );
      })}
    </Fragment>
  ));
}

const ROLES = { OWNER: "Owner", MANAGER: "Manager", SUPPORT: "Support" };

function Person() {
  const { viewer } = useShell();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const initials = viewer.staff.name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("").toUpperCase();

  async function leave() {
    await door("session", undefined, "DELETE").catch(() => undefined);
    queries.clear();
    navigate("/sign-in", { replace: true });
  }

  const schemes = [["light", "Light", IconSun], ["dark", "Dark", IconMoon], ["auto", "As the system", IconDeviceDesktop]] as const;
  return (
    <Menu position="bottom-end" width={240} shadow="md">
      <Menu.Target>
        <UnstyledButton aria-label={`${initials}: account of ${viewer.staff.name}`} style={{ borderRadius: 99 }}>
          <Avatar color="brand" variant="filled" radius="xl" size={32} aria-hidden>{initials}</Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: "8px 12px" }}>
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm" fw={600} truncate>{viewer.staff.name}</Text>
            <Status tone="info">{ROLES[viewer.staff.role]}</Status>
          </Group>
          <Text size="xs" c="dimmed" truncate>{viewer.staff.email}</Text>
        </div>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        {schemes.map(([value, label, Icon]) => (
          <Menu.Item
            key={value} leftSection={<Icon size={16} aria-hidden />} onClick={() => setColorScheme(value)}
            rightSection={colorScheme === value ? <Text size="xs" c="dimmed">chosen</Text> : undefined}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={leave}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
