"""What every feature plugs into: actions, menus, messages; and what the window does as a whole."""
