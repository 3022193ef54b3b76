"""What every feature plugs into: actions, menus, messages, status, start page; no feature."""
